using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>One AniList sandbox for the tests of a class, with its journal and the tokens it gives out.</summary>
public sealed class Upstream : IAsyncLifetime
{
    private readonly WebApplication _sandbox = Sandbox.Program.Build(["--port", "0", "--per-minute", "1000000000"]);
    private HttpClient _http = null!;

    public Uri Address { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _sandbox.StartAsync();
        Address = new(_sandbox.Urls.First());
        _http = new() { BaseAddress = Address };
    }

    /// <summary>What AniList answers to a call of its own.</summary>
    public async Task<string> AskAloneAsync(string query, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new ByteArrayContent(BodyOf(query)) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await _http.SendAsync(request, Cancellation);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}";
    }

    public async Task<string> TokenAsync(string user)
    {
        using var answer = await _http.PostAsync($"/_sandbox/users/{user}/tokens", null, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation))
            .GetProperty("access_token")
            .GetString()!;
    }

    public Task ForgetRequestsAsync() => _http.DeleteAsync("/_sandbox/journal", Cancellation);

    /// <summary>The root fields of every request since they were last forgotten.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RequestsAsync()
    {
        var journal = await _http.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return
        [
            .. journal
                .GetProperty("requests")
                .EnumerateArray()
                .Select(request =>
                    (IReadOnlyList<string>)
                        [.. request.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!)]
                ),
        ];
    }

    public static byte[] BodyOf(string query) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { query }));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }
}
