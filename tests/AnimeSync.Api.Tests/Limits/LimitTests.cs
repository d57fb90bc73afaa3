using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnimeSync.Api.Limits;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Limits;

public sealed partial class LimitTests(LimitedApp limited) : IClassFixture<LimitedApp>
{
    private const string Me = "/api/v1/me";

    [Fact]
    public async Task An_address_is_refused_after_its_limit_and_its_neighbour_is_not()
    {
        using var loud = limited.NewNeighbour();
        var statuses = await StatusesAsync(loud, "/nothing", LimitedApp.AddressLimit);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses);

        using var refusal = await GetAsync(loud, Me);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal("application/problem+json", refusal.Content.Headers.ContentType!.MediaType);
        var problem = await refusal.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("/problems/quota-exceeded", problem.GetProperty("type").GetString());
        Assert.Equal($"\"address\";q={LimitedApp.AddressLimit};w=60", Field(refusal, "RateLimit-Policy"));
        var wait = RefusalOf("address").Match(Field(refusal, "RateLimit")!).Groups["t"].Value;
        Assert.Equal(wait, Field(refusal, "Retry-After"));
        Assert.InRange(int.Parse(wait, CultureInfo.InvariantCulture), 1, 60);

        using var quiet = limited.NewNeighbour();
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(quiet, Me)).StatusCode);
    }

    [Fact]
    public async Task Where_two_limits_refuse_it_is_the_one_that_refuses_longer_who_says_when_to_come_back()
    {
        var limits = limited.App.Service.Services.GetRequiredService<RequestLimits>();
        var address = new IPAddress([127, 7, 0, 1]);
        await SpendAsync(limits.Auth, LimitedApp.AuthLimit);
        // So that the other is visibly later.
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        await SpendAsync(limits.Address, LimitedApp.AddressLimit);
        using var guesser = limited.At(address);

        using var refusal = await GetAsync(guesser, "/auth/token");

        Assert.Matches(RefusalOf("address"), Field(refusal, "RateLimit"));

        async Task SpendAsync(RequestLimit limit, int permits) =>
            Assert.True(
                Assert
                    .Single(
                        await limits.AcquireAsync(
                            [new(limit, address.ToString(), permits)],
                            TestContext.Current.CancellationToken
                        )
                    )
                    .IsGranted
            );
    }

    [Fact]
    public async Task Forwarded_addresses_of_an_untrusted_peer_change_nothing()
    {
        using var liar = limited.NewNeighbour();
        string[] headers = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP"];
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number <= LimitedApp.AddressLimit; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing");
            var address = number % 2 == 0 ? $"9.9.9.{number}" : $"2001:db8:{number}::1";
            request.Headers.TryAddWithoutValidation(
                headers[number % headers.Length],
                headers[number % headers.Length] == "Forwarded" ? $"for={address}" : address
            );
            using var answer = await liar.SendAsync(request, TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Single(statuses, HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task No_spelling_of_a_sign_in_path_escapes_its_limit()
    {
        using var guesser = limited.NewNeighbour();
        string[] spellings =
        [
            "/auth/token",
            "/AUTH/Token",
            "//auth/token",
            "/auth%2ftoken",
            "/%61uth/token/?x=1",
            "/auth",
        ];
        var statuses = new List<HttpStatusCode>();
        foreach (var spelling in spellings)
        {
            // Absolute, because a relative "//auth" would name a host.
            var address = limited.App.Address.ToString().TrimEnd('/') + spelling;
            statuses.Add((await GetAsync(guesser, address)).StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..LimitedApp.AuthLimit]);
        Assert.All(statuses[LimitedApp.AuthLimit..], status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(guesser, Me)).StatusCode);
    }

    [Fact]
    public async Task A_user_is_refused_after_their_limit_wherever_they_are_and_whatever_new_token_they_have()
    {
        var first = await limited.App.SignInAsync();
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < LimitedApp.PerMinute; number++)
        {
            using var somewhere = limited.NewNeighbour(accessToken: first.AccessToken);
            using var answer = await GetAsync(somewhere, Me);
            statuses.Add(answer.StatusCode);
            Assert.Matches(BothItems(), Field(answer, "RateLimit"));
            Assert.Equal("\"address\";q=60;w=60, \"user\";q=24;w=60", Field(answer, "RateLimit-Policy"));
        }

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));

        var renewed = await SignInFlow.TokensAsync(await RefreshAsync(first.RefreshToken!));
        using var elsewhere = limited.NewNeighbour(accessToken: renewed.AccessToken);
        using var refusal = await GetAsync(elsewhere, Me);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Matches(RefusalOf("user"), Field(refusal, "RateLimit"));
    }

    [Fact]
    public async Task A_browsers_preflights_and_the_admin_listener_are_not_counted()
    {
        using var browser = limited.NewNeighbour();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Me);
        preflight.Headers.Add("Origin", "http://localhost:3000");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await browser.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.Null(Field(answer, "RateLimit"));

        using var operators = limited.NewNeighbour(limited.App.AdminAddress);
        Assert.Null(Field(await GetAsync(operators, "/nothing"), "RateLimit"));

        Assert.StartsWith(
            "\"address\";r=59;",
            Field(await GetAsync(browser, "/nothing"), "RateLimit"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_user_has_a_budget_of_GraphQL_points()
    {
        var limits = limited.App.Service.Services.GetRequiredService<RequestLimits>();
        var user = Guid.NewGuid().ToString("n");
        async Task<LimitVerdict> AskAsync(int cost) =>
            Assert.Single(
                await limits.AcquireAsync([new(limits.GraphQLCost, user, cost)], TestContext.Current.CancellationToken)
            );

        Assert.Equal(100 * LimitedApp.PerMinute - 400, (await AskAsync(400)).Remaining);
        Assert.True((await AskAsync(1900)).IsGranted);
        var refusal = await AskAsync(200);
        Assert.False(refusal.IsGranted);
        Assert.InRange(refusal.Seconds, 1, 61);
        Assert.True((await AskAsync(100)).IsGranted);
    }

    private async Task<HttpResponseMessage> RefreshAsync(string refreshToken)
    {
        using var client = limited.NewNeighbour();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = SignInFlow.Mobile,
            ["refresh_token"] = refreshToken,
        };
        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync("/auth/token", content, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""^"address";r=\d+;t=([1-9]|[1-5]\d|60), "user";r=\d+;t=([1-9]|[1-5]\d|60)$""")]
    private static partial Regex BothItems();

    private static Regex RefusalOf(string limit) => new($"^\"{limit}\";r=0;t=(?<t>\\d+)$");

    private static string? Field(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) =>
        client.GetAsync(path, TestContext.Current.CancellationToken);

    private static async Task<HttpStatusCode[]> StatusesAsync(HttpClient client, string path, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => (await GetAsync(client, path)).StatusCode));
}
