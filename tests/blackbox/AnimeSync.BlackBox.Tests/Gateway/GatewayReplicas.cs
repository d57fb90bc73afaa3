using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Gateway;

/// <summary>Crowds are counted by themselves: beside other tests a busy machine makes Redis late, and late is away.</summary>
[CollectionDefinition(GatewayReplicas.Alone, DisableParallelization = true)]
public sealed class GatewayReplicasAlone;

/// <summary>Processes of one service before a sandbox with AniList's limits, and the people who use them.</summary>
public sealed class GatewayReplicas : IAsyncDisposable
{
    public const string Alone = "gateway replicas";

    private static int _lastUser;

    private readonly Service _service;
    private readonly Replica? _other;
    private readonly HttpClient _control;
    private readonly ConcurrentBag<HttpClient> _clients = [];

    private GatewayReplicas(Service service, Replica? other)
    {
        (_service, _other) = (service, other);
        _control = new() { BaseAddress = service.Sandbox };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Service Service => _service;

    public static async Task<GatewayReplicas> StartAsync(int replicas, params (string Name, string? Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        all["RATE_LIMIT_PER_MINUTE"] = "1000000";
        all["ANIMESYNC_PROCESSES"] = $"{replicas}";
        var service = await Service.StartAsync(all);
        return new(service, replicas == 2 ? await Replica.StartAsync(service) : null);
    }

    /// <summary>New people at AniList, signed in here.</summary>
    public async Task<IReadOnlyList<string>> SignInAsync(int users)
    {
        var tokens = new List<string>();
        for (var i = 0; i < users; i++)
        {
            var name = $"user{Interlocked.Increment(ref _lastUser)}";
            using var added = await _control.PostAsJsonAsync("/_sandbox/users", new { name }, Cancellation);
            added.EnsureSuccessStatusCode();
            tokens.Add((await _service.SignInAsync(name)).AccessToken);
        }

        return tokens;
    }

    /// <summary>From now on AniList allows so many a minute, and everybody here has heard of it.</summary>
    public async Task LimitAsync(int perMinute, string accessToken)
    {
        await AllowAsync(perMinute);
        for (var process = 0; process < 2; process++)
        {
            using var client = ClientOf(accessToken, process);
            // A process that has served nobody yet compiles what it meets, and may then hear Redis too late.
            var served = await Task.WhenAll(
                Enumerable
                    .Range(0, 40)
                    .Select(_ => client.GetAsync(new Uri("/api/v1/me", UriKind.Relative), Cancellation))
            );
            Array.ForEach(served, answer => answer.Dispose());
            using var heard = await SendAsync(client, $"{{Viewer{{h{Interlocked.Increment(ref _lastUser)}:id}}}}");
            Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        }

        await _control.DeleteAsync("/_sandbox/journal", Cancellation);
    }

    public async Task AllowAsync(int perMinute)
    {
        // The burst limit is per second here; the gateway's own bucket never has more than its burst at once.
        var burst = 4 + 2 * (perMinute / 60 + 1);
        using var limited = await _control.PutAsJsonAsync(
            "/_sandbox/limits",
            new
            {
                perMinute,
                burst,
                enabled = true,
            },
            Cancellation
        );
        limited.EnsureSuccessStatusCode();
    }

    /// <summary>A client of one of the processes, in turn.</summary>
    public HttpClient ClientOf(string accessToken, int number = 0)
    {
        var client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 1000,
            }
        )
        {
            BaseAddress = number % 2 == 1 && _other is not null ? _other.Address : _service.Address,
            Timeout = TimeSpan.FromSeconds(60),
            DefaultRequestHeaders = { Authorization = new("Bearer", accessToken) },
        };
        _clients.Add(client);
        return client;
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string query)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
        return await client.PostAsync("/graphql", body, Cancellation);
    }

    public async Task<IReadOnlyList<JsonElement>> JournalAsync()
    {
        var journal = await _control.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return [.. journal.GetProperty("requests").EnumerateArray()];
    }

    public Task<HttpResponseMessage> ControlAsync(HttpMethod method, string path, object? body = null) =>
        _control.SendAsync(
            new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) },
            Cancellation
        );

    /// <summary>SIGKILL for the second process.</summary>
    public Task KillOtherAsync() => _other!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _control.Dispose();
        if (_other is not null)
        {
            await _other.DisposeAsync();
        }

        await _service.DisposeAsync();
    }
}
