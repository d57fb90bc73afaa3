using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AnimeSync.Api.Tests.Http;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Hosting;

public sealed partial class MetricsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_counted_by_route_and_status()
    {
        using var rin = await app.SignedInClientAsync();
        using var nobody = app.CreateClient();

        await rin.GetAsync("/api/v1/me", Cancellation);
        await nobody.GetAsync("/api/v1/me", Cancellation);

        await ShowsAsync(app.AdminAddress, Served("/api/v1/me", 200));
        await ShowsAsync(app.AdminAddress, Served("/api/v1/me", 401));
        await ShowsAsync(app.AdminAddress, Served("/auth/callback", 303));
    }

    [Fact]
    public async Task Nothing_in_them_tells_of_a_person_or_a_secret()
    {
        var signedIn = await app.SignInAsync("mika");
        using var mika = app.CreateClient(signedIn.AccessToken);
        var stranger = Guid.NewGuid();
        await mika.GetAsync("/api/v1/me", Cancellation);
        await mika.DeleteAsync($"/auth/sessions/{stranger}", Cancellation);
        await mika.GetAsync($"/no-such-path/{stranger}?state=a-state", Cancellation);
        await mika.SendAsync(new(new("BREW"), "/api/v1/me"), Cancellation);
        await mika.PostAsJsonAsync("/graphql", new { query = "{ Viewer { id name } }" }, Cancellation);

        await ShowsAsync(app.AdminAddress, Served("/auth/sessions/{id:guid}", 404));
        await ShowsAsync(app.AdminAddress, Served("/graphql", 200));
        var text = await ReadAsync(app.AdminAddress);

        string?[] hidden =
        [
            "mika",
            "no-such-path",
            "BREW",
            "Viewer",
            "Host=",
            "Bearer",
            signedIn.AccessToken,
            signedIn.RefreshToken,
            .. app.Settings.Where(setting => setting.Key.Contains("SECRET")).Select(setting => setting.Value),
        ];
        Assert.All(hidden, word => Assert.DoesNotContain(word!, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch(Uuid(), text);
        Assert.DoesNotMatch(LongWord(), text);
    }

    [Fact]
    public async Task A_refusal_is_counted_by_its_limit()
    {
        await using var host = await EdgeHost.StartAsync(settings: new() { ["RATE_LIMIT_PER_MINUTE"] = "1" });
        for (var request = 0; request < 3; request++)
        {
            await host.Public.GetAsync("/nothing", Cancellation);
        }

        await ShowsAsync(host.Admin.BaseAddress!, new("animesync_limits_refused_total{[^}]*limit=\"address\"} 1\n"));
        await ShowsAsync(host.Admin.BaseAddress!, new("animesync_redis_degraded{[^}]*} 0\n"));
    }

    [Fact]
    public async Task What_a_meter_of_ours_counts_beyond_its_bound_is_counted_together()
    {
        await using var host = await EdgeHost.StartAsync();
        var counter = host
            .Services.GetRequiredService<IMeterFactory>()
            .Create("AnimeSync.Test")
            .CreateCounter<long>("animesync.test.seen");
        for (var number = 0; number < 5000; number++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("number", number));
        }

        await ShowsAsync(host.Admin.BaseAddress!, new("animesync_test_seen_total{[^}]*otel_metric_overflow=\"true\"}"));
        Assert.InRange(Regex.Count(await ReadAsync(host.Admin.BaseAddress!), "animesync_test_seen_total{"), 100, 250);
    }

    [Fact]
    public async Task A_pool_of_connections_is_named_by_a_word()
    {
        Assert.SkipUnless(app.Settings["DATABASE_URL"]!.StartsWith("postgresql", StringComparison.Ordinal), "SQLite");
        using var rin = await app.SignedInClientAsync();

        await ShowsAsync(
            app.AdminAddress,
            new("db_client_connection_count{[^}]*db_client_connection_pool_name=\"app\"[^}]*}")
        );
    }

    [Fact]
    public async Task A_scraper_may_name_the_admin_listener_by_its_address_but_by_no_name()
    {
        await using var host = await EdgeHost.StartAsync(
            "Production",
            new(EdgeSettings.Https) { ["LISTEN_ADMIN"] = $"127.0.0.2:{FreePort.Next()}" }
        );

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "127.0.0.2"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, "127.0.0.3"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, "rebound.example"));
    }

    private static async Task<HttpStatusCode> StatusAsync(EdgeHost host, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = name } };
        using var answer = await host.Admin.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private static Regex Served(string route, int status) =>
        new(
            $"http_server_request_duration_seconds_count{{[^\n]*http_response_status_code=\"{status}\"[^\n]*http_route=\"{Regex.Escape(route)}/?\"[^\n]*}} [1-9]"
        );

    // A request is counted after its answer has gone out, and a scrape may show what was read just before.
    private static Task ShowsAsync(Uri admin, Regex line) =>
        Eventually.BecomesAsync(true, async () => line.IsMatch(await ReadAsync(admin)));

    private static async Task<string> ReadAsync(Uri admin)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(admin, "/metrics"), Cancellation);
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();

    // No tag's value is as long and as mixed as a token or a key.
    [GeneratedRegex("\"[A-Za-z0-9_=+/-]{40,}\"")]
    private static partial Regex LongWord();
}
