using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AnimeSync.Api.Tests.Http;

public sealed class TransportTests
{
    [Fact]
    public async Task Production_refuses_plain_http_and_lets_probes_and_operators_through()
    {
        await using var host = await EdgeHost.StartAsync("Production", EdgeSettings.Https);
        using var request = For("/api/v1/me");

        var refused = await host.Public.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("/problems/insecure-transport", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await host.Public.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Admin.GetAsync("/version")).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/me", 401)]
    [InlineData("/nothing-here", 404)]
    [InlineData("/readyz", 200)]
    [InlineData("/test/throws", 500)]
    public async Task Https_through_the_trusted_proxy_is_served_and_remembered_by_browsers(string path, int status)
    {
        var settings = new Dictionary<string, string?>(EdgeSettings.Https) { ["TRUSTED_PROXIES"] = "127.0.0.0/8" };
        await using var host = await EdgeHost.StartAsync("Production", settings, TestRoutes.Map);
        using var request = For(path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        var answer = await host.Public.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(
            "max-age=31536000; includeSubDomains",
            Assert.Single(answer.Headers.GetValues("Strict-Transport-Security"))
        );
    }

    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1, 203.0.113.0/24", "198.51.100.1, 203.0.113.7", "198.51.100.1")]
    [InlineData("127.0.0.1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("127.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("127.0.0.1", "junk", "127.0.0.1")]
    [InlineData("127.0.0.9", "203.0.113.7", "127.0.0.1")]
    [InlineData("", "203.0.113.7", "127.0.0.1")]
    public async Task The_clients_address_is_what_the_last_trusted_hop_saw(
        string trusted,
        string forwarded,
        string address
    )
    {
        await using var host = await EdgeHost.StartAsync(
            settings: new() { ["TRUSTED_PROXIES"] = trusted },
            map: app =>
                app.MapGet("/test/address", (HttpContext context) => context.Connection.RemoteIpAddress!.ToString())
                    .AllowAnonymous()
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/address");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);
        foreach (var name in new[] { "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP" })
        {
            request.Headers.TryAddWithoutValidation(name, name == "Forwarded" ? "for=192.0.2.99" : "192.0.2.99");
        }

        Assert.Equal(address, await (await host.Public.SendAsync(request)).Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage For(string path) =>
        new(HttpMethod.Get, path) { Headers = { Host = "anime.example" } };
}
