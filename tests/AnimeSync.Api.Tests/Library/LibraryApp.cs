using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Data;
using AnimeSync.Api.Library;
using AnimeSync.Api.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Library;

/// <summary>The service, with one signed-in person for each test, so that nobody finds another test's entries.</summary>
public sealed class LibraryApp : IAsyncLifetime
{
    /// <summary>Of 26 episodes, all aired.</summary>
    public const int Finished = 1;

    /// <summary>The next episode is the fifth of twelve.</summary>
    public const int Airing = 2;

    private static int _users;

    public TestApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await App.StartAsync(new Dictionary<string, string?> { ["RATE_LIMIT_PER_MINUTE"] = "1000000" });
        await using var scope = App.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        db.ListTitles.Add(Title(Finished, "Cowboy Bebop", 26));
        var airing = Title(Airing, "Ariel", 12);
        (airing.NextEpisode, airing.NextEpisodeAt) = (5, TimeProvider.System.GetUtcNow().AddDays(2));
        db.ListTitles.Add(airing);
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    internal async Task<LibraryClient> NewPersonAsync()
    {
        var name = $"library{Interlocked.Increment(ref _users)}";
        using var control = new HttpClient { BaseAddress = App.Sandbox };
        using var made = await control.PostAsJsonAsync("/_sandbox/users", new { name });
        made.EnsureSuccessStatusCode();
        return new(await App.SignedInClientAsync(name));
    }

    private static ListTitle Title(int id, string romaji, int episodes) =>
        new()
        {
            MediaId = id,
            Romaji = romaji,
            Format = "TV",
            Status = "FINISHED",
            SeasonYear = 1998,
            Episodes = episodes,
            UpdatedAt = TimeProvider.System.GetUtcNow(),
        };
}

/// <summary>One person's list over HTTP.</summary>
internal sealed class LibraryClient(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    public static string PathOf(int mediaId) => $"/api/v1/me/list/{mediaId}";

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>For a request that has to succeed: the answer's JSON.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public Task<JsonElement> PutAsync(int mediaId, object edit) => AskAsync(HttpMethod.Put, PathOf(mediaId), edit);

    public Task<JsonElement> PatchAsync(int mediaId, object edit) => AskAsync(HttpMethod.Patch, PathOf(mediaId), edit);

    public Task<JsonElement> GetAsync(string path) => AskAsync(HttpMethod.Get, path);

    public async Task<IReadOnlyList<JsonElement>> HistoryAsync() =>
        [.. (await GetAsync("/api/v1/me/history")).GetProperty("items").EnumerateArray()];

    public void Dispose() => http.Dispose();
}
