using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AnimeSync.AniList;
using AnimeSync.Api.Tests.Infrastructure;
using GraphQL.Client.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>A process that cannot reach AniList, and what another one has kept for it.</summary>
[Trait("Needs", "redis")]
public sealed class UnreachableTests(TestApp app) : IClassFixture<TestApp>
{
    // A proxy in front gives up by then.
    private static readonly TimeSpan _proxysPatience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_name_that_does_not_resolve() => AssertKeptIsServedAsync("https://anilist.invalid/", 503);

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for()
    {
        await using var stranger = await StrangerAsync();

        await AssertKeptIsServedAsync(stranger.Urls.First(), 503);
    }

    [Fact]
    public async Task No_TLS_where_TLS_should_be()
    {
        await AssertKeptIsServedAsync($"https://{app.Sandbox.Authority}/", 503);
    }

    [Fact]
    public async Task A_connection_that_is_never_answered()
    {
        // The kernel takes the connections; nobody ever reads from them.
        using var silence = new TcpListener(IPAddress.Loopback, 0);
        silence.Start();

        await AssertKeptIsServedAsync($"http://{silence.LocalEndpoint}/", 504, TimeSpan.FromMilliseconds(300));
    }

    private async Task AssertKeptIsServedAsync(string aniList, int status, TimeSpan? timeout = null)
    {
        var threads = GraphQLCalls.NewThreads();
        using var signedIn = await app.SignedInClientAsync();
        var before = await signedIn.DataAsync(threads);
        var airing = await signedIn.GetStringAsync("/api/v1/anime/21", Cancellation);
        await using var service = await StartAsync(aniList, timeout);
        using var client = new HttpClient { BaseAddress = new(service.Urls.First()), Timeout = _proxysPatience };
        client.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;
        await service.AdvanceAsync(TimeSpan.FromHours(2));

        // More often than it takes to give AniList up for a while.
        for (var i = 0; i < 4; i++)
        {
            using var kept = await client.AskAsync(threads);
            using var anime = await client.GetAsync("/api/v1/anime/21", Cancellation);
            using var unseen = await client.AskAsync(GraphQLCalls.NewThreads());
            using var unseenAnime = await client.GetAsync($"/api/v1/anime/{NewId()}", Cancellation);
            using var mine = await client.AskAsync($"{{Viewer{{a{Guid.NewGuid():n}:id}}}}");

            foreach (var (answer, body) in new[] { (kept, before), (anime, airing) })
            {
                Assert.Equal((HttpStatusCode.OK, "stale"), (answer.StatusCode, answer.Source()));
                Assert.InRange(answer.Headers.Age!.Value, TimeSpan.FromHours(1.5), TimeSpan.FromHours(3));
                Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancellation));
            }

            foreach (var refused in new[] { unseen, unseenAnime, mine })
            {
                await refused.ProblemAsync(status, "anilist-unavailable");
                Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
                Assert.False(refused.Headers.Contains("X-AnimeSync-Source"));
            }
        }
    }

    /// <summary>One more process, whose way to the same AniList leads elsewhere.</summary>
    private Task<WebApplication> StartAsync(string aniList, TimeSpan? timeout) =>
        TestApp.StartReplicaAsync(
            app.ReplicaSettings(),
            builder =>
            {
                builder.UseShiftedTime();
                var options = new GraphQLHttpClientOptions(new(aniList), new("http://localhost/"), "AnimeSync");
                builder.Services.AddAniListClient(options with { Timeout = timeout ?? options.Timeout });
            }
        );

    /// <summary>Somebody who would answer anything, with a certificate of their own making.</summary>
    private static async Task<WebApplication> StrangerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(SelfSigned()))
        );
        var stranger = builder.Build();
        stranger.MapFallback(context => context.Response.WriteAsync("""{"data":{}}"""));
        await stranger.StartAsync();
        return stranger;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static int NewId() => RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue);
}
