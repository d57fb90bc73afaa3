using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Tests.Http;

public sealed class EdgeOptionsTests
{
    [Theory]
    [InlineData("PUBLIC_URL", "http://anime.example")]
    [InlineData("TRUSTED_PROXIES", "")]
    [InlineData("TRUSTED_PROXIES", "proxy.example")]
    [InlineData("CORS_ORIGINS", "*")]
    [InlineData("CORS_ORIGINS", "http://app.anime.example")]
    [InlineData("CORS_ORIGINS", "https://app.anime.example/")]
    [InlineData("CORS_ORIGINS", "https://App.anime.example")]
    [InlineData("CORS_ORIGINS", "null")]
    [InlineData("ALLOWED_HOSTS", "*")]
    [InlineData("ALLOWED_HOSTS", "https://anime.example")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")]
    public void Production_refuses_to_start_by_name_and_without_the_value(string name, string value)
    {
        var settings = new Dictionary<string, string?>(EdgeSettings.Https) { [name] = value };

        var refused = Assert.Throws<SettingsException>(() => EdgeHost.Build("Production", settings, "/tmp"));

        Assert.Contains(name, refused.Message);
        if (value.Length > 4)
        {
            Assert.DoesNotContain(value, refused.Message);
        }
    }

    [Fact]
    public void Production_starts_on_plain_http_only_when_told_so()
    {
        var settings = new Dictionary<string, string?>
        {
            ["PUBLIC_URL"] = "http://anime.example",
            ["ALLOW_INSECURE_HTTP"] = "true",
            ["AUTH_REDIRECT_URIS"] = "animesync-spa=https://app.anime.example/callback",
        };

        Assert.NotNull(EdgeHost.Build("Production", settings, "/tmp"));
    }
}
