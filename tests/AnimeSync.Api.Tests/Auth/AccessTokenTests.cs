using System.Net;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AnimeSync.Api.Tests.Auth;

public sealed class AccessTokenTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_token_says_who_where_until_when_and_which_session()
    {
        var claims = (await app.SignInAsync()).Claims;

        Assert.Equal(app.Address.ToString().TrimEnd('/'), claims.GetProperty("iss").GetString());
        Assert.Equal("animesync", claims.GetProperty("aud").GetString());
        Assert.Equal(15 * 60, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(SignInFlow.Mobile, claims.GetProperty("client_id").GetString());
    }

    [Fact]
    public async Task No_other_spelling_of_a_token_is_accepted()
    {
        var signedIn = await app.SignInAsync();
        var token = signedIn.AccessToken;
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var others = alphabet
            .Select(last => token[..^1] + last)
            .Concat(Enumerable.Range(1, 5).Select(cut => token[..^cut]))
            .Concat([$"{token}=", $"{token}A", "a.b.c", "..", token.Replace('.', ','), $"A{token}"])
            .Where(other => other != token);

        foreach (var other in others)
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await MeAsync(app.Address, signedIn with { AccessToken = other })
            );
        }

        Assert.Equal(HttpStatusCode.OK, await MeAsync(app.Address, signedIn));
    }

    [Fact]
    [Trait("Needs", "postgres")]
    public async Task A_replica_whose_clock_is_a_minute_off_agrees_on_every_token()
    {
        foreach (var error in new[] { TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1) })
        {
            var settings = app.ReplicaSettings();
            // The issuer's address is every replica's; only the socket is its own.
            await using var replica = Program.Build(
                ["--environment", "Development"],
                settings,
                builder =>
                {
                    builder.Logging.ClearProviders();
                    builder.Services.AddSingleton<TimeProvider>(new SkewedClock(error));
                }
            );
            await replica.StartAsync();
            var there = new Uri($"http://{settings["LISTEN_PUBLIC"]}");

            var issuedHere = await app.SignInAsync();
            var refreshedThere = await SignInFlow.TokensAsync(
                await new SignInFlow(there).RefreshAsync(issuedHere.RefreshToken!)
            );

            Assert.Equal(HttpStatusCode.OK, await MeAsync(there, issuedHere));
            Assert.Equal(HttpStatusCode.OK, await MeAsync(app.Address, refreshedThere));
        }
    }

    [Fact]
    public async Task When_it_is_not_known_which_sessions_have_ended_no_token_is_trusted()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var settings = app.ReplicaSettings();
        await using var replica = Program.Build(
            ["--environment", "Development"],
            settings,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(clock);
            }
        );
        await replica.StartAsync();
        var there = new Uri($"http://{settings["LISTEN_PUBLIC"]}");
        var signedIn = await app.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await MeAsync(there, signedIn));

        await app.Database.ExecuteAsync("ALTER TABLE ended_sessions RENAME TO hidden");
        clock.Advance(TimeSpan.FromSeconds(6));
        var blind = await MeAsync(there, signedIn);
        await app.Database.ExecuteAsync("ALTER TABLE hidden RENAME TO ended_sessions");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, blind);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.BecomesAsync(HttpStatusCode.OK, () => MeAsync(there, signedIn));
    }

    [Fact]
    [Trait("Needs", "postgres")]
    public async Task A_key_is_rotated_without_signing_anyone_out()
    {
        var settings = app.ReplicaSettings();
        var old = settings["JWT_SECRET_KEY"];
        var next = Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray());
        settings["JWT_SECRET_KEY"] = next;
        settings["JWT_ACCEPTED_SECRET_KEYS"] = old;
        var before = await app.SignInAsync();

        await using (await TestApp.StartReplicaAsync(settings))
        {
            var rotated = new Uri($"http://{settings["LISTEN_PUBLIC"]}");
            Assert.Equal(HttpStatusCode.OK, await MeAsync(rotated, before));
        }

        settings["JWT_ACCEPTED_SECRET_KEYS"] = null;
        await using (await TestApp.StartReplicaAsync(settings))
        {
            var dropped = new Uri($"http://{settings["LISTEN_PUBLIC"]}");
            Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(dropped, before));
        }
    }

    private static async Task<HttpStatusCode> MeAsync(Uri address, SignedIn signedIn)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
        using var answer = await client.GetAsync("/api/v1/me");
        return answer.StatusCode;
    }

    /// <summary>The machine's clock, wrong by a constant.</summary>
    private sealed class SkewedClock(TimeSpan error) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + error;
    }
}
