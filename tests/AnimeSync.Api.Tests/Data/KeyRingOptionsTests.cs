using AnimeSync.Api.Data.Keys;
using AnimeSync.Api.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace AnimeSync.Api.Tests.Data;

public sealed class KeyRingOptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("changeme-changeme-changeme-changeme-0123456789")]
    [InlineData("my-very-own-Secret-key-0123456789-abcdefghijk")]
    [InlineData("qR7vK2mX9sLd4TfWb8Yc,1HnJ6pGa3Ue5Vt0Qw8ErT3yU")]
    public void A_key_that_is_missing_short_or_a_placeholder_is_refused_by_name_only(string? secret)
    {
        var settings = Read(("SECRET_KEY", secret));

        var fault = Assert.Single(settings.Faults);
        Assert.StartsWith("SECRET_KEY ", fault, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(secret) || !fault.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_that_signs_tokens_is_refused()
    {
        var settings = Read(("SECRET_KEY", TestService.FirstSecret), ("JWT_SECRET_KEY", TestService.FirstSecret));

        Assert.Equal(["SECRET_KEY must differ from JWT_SECRET_KEY"], settings.Faults);
    }

    [Fact]
    public void Previous_keys_are_found_by_what_they_are()
    {
        var options = KeyRingOptions.Read(
            Settings(
                ("SECRET_KEY", TestService.SecondSecret),
                ("PREVIOUS_SECRET_KEYS", $"other,{TestService.FirstSecret}")
            )
        );

        Assert.NotNull(options.Find(RingSecret.From(TestService.FirstSecret).Id));
        Assert.Null(options.Find(RingSecret.From("never given").Id));
    }

    private static Settings Read(params (string Name, string? Value)[] values)
    {
        var settings = Settings(values);
        KeyRingOptions.Read(settings);
        return settings;
    }

    private static Settings Settings(params (string Name, string? Value)[] values) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
                .Build(),
            new HostingEnvironment { EnvironmentName = "Production" }
        );
}
