using System.Diagnostics;
using System.Security.Cryptography;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>
/// A service with the limits it is shipped with. A proxy that it trusts says who is calling, and it counts for itself: a
/// busy Redis would let it fall back to a share of its own.
/// </summary>
public sealed class LimitedService : IAsyncLifetime
{
    public Service Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["RATE_LIMIT_PER_MINUTE"] = "120",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["REDIS_URL"] = null,
            }
        );

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}

public sealed class SignInFloodTests(LimitedService limited) : IClassFixture<LimitedService>
{
    private const int PerMinute = 120 / 6;

    private readonly Service _service = limited.Service;

    [Fact]
    public async Task Of_thousands_of_sign_ins_begun_from_one_address_only_the_first_few_take_room()
    {
        var before = await _service.Database.CountAsync("pending_sign_ins");
        using var flooder = ClientAt(NewAddress());
        var watch = Stopwatch.StartNew();

        var admitted = await FloodAsync(5000, () => flooder.GetAsync(Authorize()), status => status == 302);

        Assert.InRange(admitted, PerMinute, MostIn(watch.Elapsed));
        Assert.Equal(before + admitted, await _service.Database.CountAsync("pending_sign_ins"));
        await _service.AssertAliveAsync();
        using var somebodyElse = ClientAt(NewAddress());
        using var begun = await somebodyElse.GetAsync(Authorize());
        Assert.Equal(302, (int)begun.StatusCode);
    }

    [Fact]
    public async Task Guessing_codes_is_cut_off_and_burns_none()
    {
        var flow = new SignInFlow(_service.Address);
        var code = await flow.CodeAsync("rin", SignInFlow.Mobile);
        var sessions = await _service.Database.CountAsync("sessions");
        using var guesser = ClientAt(NewAddress());
        var watch = Stopwatch.StartNew();

        var heard = await FloodAsync(
            1000,
            () => guesser.PostAsync("/auth/token", Exchange(RandomNumberGenerator.GetHexString(43))),
            status => status == 400
        );

        Assert.InRange(heard, PerMinute, MostIn(watch.Elapsed));
        Assert.Equal(sessions, await _service.Database.CountAsync("sessions"));
        await _service.AssertAliveAsync();
        await SignInFlow.TokensAsync(await flow.ExchangeAsync(code, SignInFlow.Mobile));
    }

    /// <summary>How many got the answer that comes within the limit; all others must have got the limit's.</summary>
    private static async Task<int> FloodAsync(
        int requests,
        Func<Task<HttpResponseMessage>> ask,
        Func<int, bool> isWithin
    )
    {
        var within = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, cancellationToken) =>
            {
                using var answer = await ask();
                if (isWithin((int)answer.StatusCode))
                {
                    Interlocked.Increment(ref within);
                    return;
                }

                Assert.Equal(429, (int)answer.StatusCode);
                Assert.Contains("/problems/quota-exceeded", await answer.Content.ReadAsStringAsync(cancellationToken));
                Assert.InRange(
                    answer.Headers.RetryAfter!.Delta!.Value,
                    TimeSpan.FromSeconds(1),
                    TimeSpan.FromMinutes(1)
                );
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
        );
        return within;
    }

    private static int MostIn(TimeSpan elapsed) => PerMinute * (1 + (int)(elapsed / TimeSpan.FromMinutes(1)));

    private HttpClient ClientAt(string address)
    {
        var client = _service.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    // A network of its own: a /64 counts as one address.
    private static string NewAddress()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        (bytes[0], bytes[1]) = (0x20, 0x01);
        return new System.Net.IPAddress(bytes).ToString();
    }

    private static string Authorize() =>
        QueryHelpers.AddQueryString(
            "/auth/authorize",
            new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = SignInFlow.Spa,
                ["redirect_uri"] = SignInFlow.RedirectUriOf(SignInFlow.Spa),
                ["code_challenge"] = new('a', 43),
                ["code_challenge_method"] = "S256",
            }
        );

    private static FormUrlEncodedContent Exchange(string code) =>
        new(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = SignInFlow.Mobile,
                ["code"] = code,
                ["code_verifier"] = new('v', 43),
            }
        );
}
