using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.AniList.Lists;
using AnimeSync.AniList.Tests.Gateway;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>One request as the sandbox wrote it down.</summary>
internal sealed record UpstreamRequest(string Operation, int Complexity, bool HasToken);

/// <summary>An AniList sandbox whose lists a test can change from outside, and a process that reads and writes them.</summary>
public sealed class ListWorld : IAsyncLifetime
{
    private readonly WebApplication _sandbox = Sandbox.Program.Build(["--port", "0", "--per-minute", "1000000000"]);
    private HttpClient _http = null!;
    private GatewayProcess _process = null!;

    public ListReads Reads { get; private set; } = null!;

    public ListWrites Writes { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _sandbox.StartAsync();
        _http = new() { BaseAddress = new(_sandbox.Urls.First()) };
        _process = new(_http.BaseAddress);
        (Reads, Writes) = (new(_process.Gateway, TimeProvider.System), new(_process.Gateway, TimeProvider.System));
    }

    /// <summary>Somebody with an empty list, whom no other test knows.</summary>
    public async Task<Somebody> SomebodyAsync(params string[] customLists)
    {
        var name = $"u{Guid.NewGuid():n}"[..18];
        using var made = await _http.PostAsJsonAsync("/_sandbox/users", new { name }, Cancellation);
        made.EnsureSuccessStatusCode();
        var somebody = await FindAsync(name);
        if (customLists.Length > 0)
        {
            await ExecuteAsync(
                somebody,
                $"mutation{{UpdateUser(animeListOptions:{{customLists:{JsonSerializer.Serialize(customLists)}}}){{id}}}}"
            );
        }

        return somebody;
    }

    public async Task<Somebody> FindAsync(string name)
    {
        var users = await _http.GetFromJsonAsync<JsonElement>("/_sandbox/users", Cancellation);
        var id = users.EnumerateArray().Single(user => user.GetProperty("name").GetString() == name);
        using var answer = await _http.PostAsync($"/_sandbox/users/{name}/tokens", null, Cancellation);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("access_token");
        var opened = token.GetString();
        return new(name, new(Guid.NewGuid(), id.GetProperty("id").GetInt32(), _ => new(opened)), opened!);
    }

    /// <summary>As if by the owner on AniList's own site.</summary>
    public async Task PutAsync(Somebody owner, int mediaId, object entry)
    {
        using var put = await _http.PutAsJsonAsync(PathOf(owner, mediaId), entry, Cancellation);
        put.EnsureSuccessStatusCode();
    }

    /// <returns>Of no kind where there is no such entry.</returns>
    public async Task<JsonElement> EntryAsync(Somebody owner, int mediaId)
    {
        using var answer = await _http.GetAsync(PathOf(owner, mediaId), Cancellation);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation) : default;
    }

    public async Task HideAsync(Somebody owner)
    {
        using var put = await _http.PutAsJsonAsync(
            $"/_sandbox/users/{owner.Name}",
            new Dictionary<string, bool> { ["private"] = true },
            Cancellation
        );
        put.EnsureSuccessStatusCode();
    }

    public async Task RevokeTokensAsync(Somebody owner)
    {
        using var deleted = await _http.DeleteAsync($"/_sandbox/users/{owner.Name}/tokens", Cancellation);
        deleted.EnsureSuccessStatusCode();
    }

    public async Task PlayAsync(object fault)
    {
        using var posted = await _http.PostAsJsonAsync("/_sandbox/faults", fault, Cancellation);
        posted.EnsureSuccessStatusCode();
    }

    public async Task ForgetRequestsAsync()
    {
        using var cleared = await _http.DeleteAsync("/_sandbox/journal", Cancellation);
        using var healed = await _http.DeleteAsync("/_sandbox/faults", Cancellation);
    }

    /// <summary>Since they were last forgotten.</summary>
    internal async Task<IReadOnlyList<UpstreamRequest>> RequestsAsync()
    {
        var journal = await _http.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return
        [
            .. journal
                .GetProperty("requests")
                .EnumerateArray()
                .Select(request => new UpstreamRequest(
                    request.GetProperty("operation").GetString()!,
                    request.GetProperty("complexity").GetInt32(),
                    request.GetProperty("authorization").GetBoolean()
                )),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    private async Task ExecuteAsync(Somebody owner, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(new { query }),
        };
        request.Headers.Authorization = new("Bearer", owner.Token);
        using var answer = await _http.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static string PathOf(Somebody owner, int mediaId) => $"/_sandbox/users/{owner.Name}/list/{mediaId}";
}

public sealed record Somebody(string Name, ListOwner Owner, string Token)
{
    public int Id => Owner.UserId;
}
