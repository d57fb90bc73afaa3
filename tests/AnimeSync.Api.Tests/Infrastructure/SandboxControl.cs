using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Api.Tests.Infrastructure;

/// <summary>Steers a sandbox and asks what it was asked.</summary>
public sealed class SandboxControl(Uri sandbox) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = sandbox };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Adds a rule in the emulator's words.</summary>
    public async Task FaultAsync(
        string kind,
        int? times = 1,
        string match = "*",
        string? user = null,
        int? status = null,
        int retryAfter = 17
    )
    {
        var rule = new Dictionary<string, object?>
        {
            ["match"] = match,
            ["kind"] = kind,
            ["times"] = times,
            ["user"] = user,
            ["status"] = status,
            ["retryAfter"] = kind == "rate-limited" ? retryAfter : null,
        };
        var told = rule.Where(member => member.Value is not null).ToDictionary();
        using var added = await _http.PostAsJsonAsync("/_sandbox/faults", told, Cancellation);
        added.EnsureSuccessStatusCode();
    }

    public Task MendAsync() => _http.DeleteAsync("/_sandbox/faults", Cancellation);

    public Task ForgetAsync() => _http.DeleteAsync("/_sandbox/journal", Cancellation);

    /// <summary>Every GraphQL request since <see cref="ForgetAsync"/>.</summary>
    public async Task<IReadOnlyList<JsonElement>> JournalAsync()
    {
        var journal = await _http.GetFromJsonAsync<JsonElement>("/_sandbox/journal", Cancellation);
        return [.. journal.GetProperty("requests").EnumerateArray()];
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null) =>
        _http.SendAsync(
            new(method, $"/_sandbox/{path}") { Content = body is null ? null : JsonContent.Create(body) },
            Cancellation
        );

    public void Dispose() => _http.Dispose();
}
