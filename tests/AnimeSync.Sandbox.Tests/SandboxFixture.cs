using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace AnimeSync.Sandbox.Tests;

/// <summary>One sandbox on a free port for one test class, spoken to over a real socket.</summary>
public class SandboxFixture : IAsyncLifetime
{
    private readonly WebApplication app;

    public SandboxFixture()
        : this([]) { }

    protected SandboxFixture(string[] args)
    {
        app = Program.Build(["--port", "0", .. args]);
    }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Http.BaseAddress = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<string> TokenOfAsync(string user)
    {
        var answer = await Http.PostAsync($"/_sandbox/users/{user}/tokens", null);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> PostAsync(string query, object? variables = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(new { query, variables }),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The data of an answer that must be a good one.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables = null, string? token = null)
    {
        using var answer = await PostAsync(query, variables, token);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("data");
    }

    public async Task<(int Status, string Body)> RefusalAsync(
        string query,
        object? variables = null,
        string? token = null
    )
    {
        using var answer = await PostAsync(query, variables, token);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> AddFaultAsync(object rule) => Http.PostAsJsonAsync("/_sandbox/faults", rule);
}

/// <summary>The sandbox with its real titles only, for tests that count.</summary>
public sealed class RealTitlesFixture() : SandboxFixture(["--titles", "0"]);

/// <summary>The sandbox on the folder of recorded answers.</summary>
public sealed class RecordedSandboxFixture() : SandboxFixture(["--catalogue", AniListFacts.Responses]);

internal static class AniListFacts
{
    public static string Folder =>
        Environment.GetEnvironmentVariable("ANILIST_FACTS_DIR")
        ?? throw new InvalidOperationException("ANILIST_FACTS_DIR is not set.");

    public static string Responses => Path.Combine(Folder, "responses");

    public static byte[] Response(string name) => File.ReadAllBytes(Path.Combine(Responses, name));
}
