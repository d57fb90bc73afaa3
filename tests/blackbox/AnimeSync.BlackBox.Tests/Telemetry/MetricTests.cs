using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AnimeSync.BlackBox.Tests.Infrastructure;
using static AnimeSync.BlackBox.Tests.Telemetry.Metrics;

namespace AnimeSync.BlackBox.Tests.Telemetry;

/// <summary>In processes of their own: two services in one would share the frameworks' instruments.</summary>
public sealed partial class MetricTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_counted_by_route_and_nothing_tells_of_a_person_or_a_secret()
    {
        await using var service = await Service.StartAsync();
        var signedIn = await service.SignInAsync("mika");
        using var mika = service.CreateClient(signedIn.AccessToken);
        using var nobody = service.CreateClient();
        var stranger = Guid.NewGuid();
        await nobody.GetAsync("/api/v1/me", Cancellation);
        await mika.GetAsync("/api/v1/me", Cancellation);
        await mika.DeleteAsync($"/auth/sessions/{stranger}", Cancellation);
        await mika.GetAsync($"/no-such-path/{stranger}?state=a-state", Cancellation);
        await mika.SendAsync(new(new("BREW"), "/api/v1/me"), Cancellation);
        await mika.PostAsJsonAsync("/graphql", new { query = "{ Viewer { id name } }" }, Cancellation);

        await ShowAsync(service.Admin, Served("/api/v1/me", 200));
        await ShowAsync(service.Admin, Served("/api/v1/me", 401));
        await ShowAsync(service.Admin, Served("/auth/callback", 303));
        await ShowAsync(service.Admin, Served("/auth/sessions/{id:guid}", 404));
        await ShowAsync(service.Admin, Served("/graphql", 200));

        var text = await ReadAsync(service.Admin);
        string?[] hidden =
        [
            "mika",
            "no-such-path",
            "BREW",
            "Viewer",
            "Host=",
            "Username=",
            signedIn.AccessToken,
            signedIn.RefreshToken,
            .. service.Settings.Where(setting => setting.Key.Contains("SECRET")).Select(setting => setting.Value),
        ];
        Assert.All(hidden, word => Assert.DoesNotContain(word!, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch(Uuid(), text);
        Assert.DoesNotMatch(LongWord(), text);
        if (service.Settings["DATABASE_URL"]!.StartsWith("postgresql", StringComparison.Ordinal))
        {
            await ShowAsync(service.Admin, "^db_client_operation_duration_seconds_count{[^,]*,[^,]*} [1-9]");
        }
    }

    [Fact]
    public async Task A_refusal_is_counted_by_its_limit()
    {
        await using var service = await Service.StartAsync(
            new Dictionary<string, string?> { ["RATE_LIMIT_PER_MINUTE"] = "2", ["REDIS_URL"] = null }
        );
        using var client = service.CreateClient();
        for (var request = 0; request < 7; request++)
        {
            await client.GetAsync("/nothing", Cancellation);
        }

        await ShowAsync(service.Admin, "^animesync_limits_refused_total{.*limit=\"address\"} 2$");
        await ShowAsync(service.Admin, "^animesync_redis_degraded{.*} 0$");
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();

    // No tag's value is as long and as mixed as a token or a key.
    [GeneratedRegex("\"[A-Za-z0-9_=+/-]{40,}\"")]
    private static partial Regex LongWord();
}
