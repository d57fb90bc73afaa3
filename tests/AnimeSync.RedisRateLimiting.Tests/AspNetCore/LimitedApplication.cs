using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging;

namespace RedisRateLimiting.Tests.AspNetCore;

/// <summary>The smallest application there is: one route, one policy, Kestrel.</summary>
internal sealed class LimitedApplication : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private LimitedApplication(WebApplication app)
    {
        _app = app;
        _client = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public static async Task<LimitedApplication> StartAsync(string policy, Action<RateLimiterOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRateLimiter(configure);
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapGet("/", () => "through").RequireRateLimiting(policy);
        await app.StartAsync();
        return new(app);
    }

    public Task<HttpResponseMessage> GetAsync(string query = "") =>
        _client.GetAsync($"/{query}", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
