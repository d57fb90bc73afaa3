using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Tests.Operations;
using GraphQL.Client.Http;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace AnimeSync.AniList.Tests.Gateway.Requests;

/// <summary>One request as AniList got it.</summary>
/// <param name="Variables">JSON; empty where there are none.</param>
internal sealed record SentRequest(string Query, string? Token, string Variables);

/// <summary>Gateways as several processes have them, before an AniList that does what the test says.</summary>
internal sealed class GatewayWorld : IAsyncDisposable
{
    // Redis is shared by all tests, and knows people apart by this alone.
    private readonly Guid _somebody = Guid.NewGuid();
    private readonly List<ServiceProvider> _processes = [];
    private readonly ConcurrentQueue<SentRequest> _sent = [];

    /// <param name="redis">Null: each process counts and keeps alone.</param>
    /// <param name="metrics">Where they count what they do, to be read by the test.</param>
    public GatewayWorld(
        IConnectionMultiplexer? redis = null,
        int processes = 1,
        int perMinute = 1_000_000,
        int burst = 1000,
        GatewayMetrics? metrics = null
    )
    {
        var options = new GatewayOptions
        {
            Upstream = $"test-{Guid.NewGuid():n}",
            Redis = redis is null ? null : () => Task.FromResult(redis),
            RequestsPerMinute = perMinute,
            Burst = burst,
            Processes = processes,
        };
        for (var i = 0; i < processes; i++)
        {
            _processes.Add(Process(options, metrics));
        }
    }

    public ShiftedTime Clock { get; } = new();

    /// <summary>What AniList answers.</summary>
    public Func<SentRequest, Task<HttpResponseMessage>> AniList { get; set; } =
        _ => Task.FromResult(Json("""{"data":{}}"""));

    public IReadOnlyList<SentRequest> Sent => [.. _sent];

    public AniListGateway Gateway(int process = 0) => _processes[process].GetRequiredService<AniListGateway>();

    public Task<GatewayAnswer> AskAsync(
        string query,
        Guid? asker = null,
        string? token = "token",
        int process = 0,
        CancellationToken? cancellationToken = null
    )
    {
        var question = new GatewayQuestion(
            Asking.Read(query),
            JsonSerializer.SerializeToUtf8Bytes(new { query }),
            () => Asking.Fold(query),
            asker ?? _somebody,
            _ => new(token)
        );
        return Gateway(process).AskAsync(question, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public static HttpResponseMessage Json(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    public BreakerState Breaker(int process = 0) => _processes[process].GetRequiredService<AniListBreaker>().State;

    public static string TextOf(GatewayAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    private ServiceProvider Process(GatewayOptions options, GatewayMetrics? metrics)
    {
        var client = new GraphQLHttpClientOptions(new("https://anilist.test/"), new("https://a.test/"), "AnimeSync");
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new GraphQLHttpClient(new(new Handler(this)), client))
            .AddAniListGateway(_ => options);
        if (metrics is not null)
        {
            services.AddSingleton(metrics);
        }

        return services.BuildServiceProvider();
    }

    private sealed class Handler(GatewayWorld world) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            var sent = new SentRequest(
                body.RootElement.GetProperty("query").GetString()!,
                request.Headers.Authorization?.Parameter,
                body.RootElement.TryGetProperty("variables", out var variables) ? variables.GetRawText() : string.Empty
            );
            world._sent.Enqueue(sent);
            return await world.AniList(sent).WaitAsync(cancellationToken);
        }
    }
}
