using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>What a GraphQL client sends, and what it finds in an answer.</summary>
internal static class GraphQLCalls
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> AskAsync(
        this HttpClient client,
        string query,
        CancellationToken? cancellationToken = null
    )
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
        return await client.PostAsync("/graphql", body, cancellationToken ?? Cancellation);
    }

    /// <summary>The body of an answer that must be a 200.</summary>
    public static async Task<string> DataAsync(this HttpClient client, string query)
    {
        using var answer = await client.AskAsync(query);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {body}");
        return body;
    }

    /// <summary>
    /// A community's question that nobody has asked before, in the common Redis either: fresh for a minute, given out for
    /// five more, kept for six hours.
    /// </summary>
    public static string NewThreads() => $"{{Page(perPage:2){{t{Guid.NewGuid():n}:threads(sort:[ID]){{id title}}}}}}";

    /// <summary>`live`, `cache` or `stale`.</summary>
    public static string Source(this HttpResponseMessage answer) =>
        answer.Headers.GetValues("X-AnimeSync-Source").Single();

    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, int status, string slug)
    {
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, MediaTypeOf(answer)));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal($"/problems/{slug}", body.GetProperty("type").GetString());
        return body;
    }

    private static string? MediaTypeOf(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType;
}
