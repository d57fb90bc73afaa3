using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Proxy;

/// <summary>The classes in it share one service behind one nginx and take turns.</summary>
[CollectionDefinition(Name)]
public sealed class ServiceBehindNginxUsers : ICollectionFixture<ServiceBehindNginx>
{
    public const string Name = "service behind nginx";
}

/// <summary>A service that trusts the nginx in front of it, and an eye on what AniList was asked.</summary>
public sealed class ServiceBehindNginx : IAsyncLifetime
{
    private HttpClient _sandbox = null!;

    public Service Service { get; private set; } = null!;

    internal Nginx Nginx { get; private set; } = null!;

    /// <summary>An access token of the sandbox's user rin.</summary>
    public string AccessToken { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync(new Dictionary<string, string?> { ["TRUSTED_PROXIES"] = "127.0.0.1" });
        Nginx = new("listen-http.conf", Service.Public, Service.Admin, Service.Integrations);
        await Nginx.StartAsync();
        AccessToken = (await Service.SignInAsync()).AccessToken;
        _sandbox = new() { BaseAddress = Service.Sandbox };
    }

    public async ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        await Nginx.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>Sends bytes to the proxy's public listener and reads until it closes or idles.</summary>
    public Task<RawAnswers> SendAsync(string request) => Raw.SendAsync(Nginx.Public, request);

    /// <summary>A whole request that AniList would hear of: no cache has an answer to it.</summary>
    public string Traceable()
    {
        var body = $$"""{"query":"{a{{RandomNumberGenerator.GetHexString(12)}}:Viewer{name} }"}""";
        return $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AccessToken}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    /// <summary>How many traceable requests have reached AniList since the sandbox was told to forget.</summary>
    public async Task<int> TracesAsync()
    {
        var journal = await _sandbox.GetFromJsonAsync<JsonElement>("/_sandbox/journal");
        return journal
            .GetProperty("requests")
            .EnumerateArray()
            .Count(request =>
                request.GetProperty("fields").EnumerateArray().Any(field => field.GetString() == "Viewer")
            );
    }

    public Task ForgetTracesAsync() => _sandbox.DeleteAsync("/_sandbox/journal");
}
