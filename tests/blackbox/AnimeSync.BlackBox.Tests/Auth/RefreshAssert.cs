using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>What a refresh must answer and leave in the database.</summary>
internal static class RefreshAssert
{
    public static Guid Session(this SignedIn pair) => pair.Claims.GetProperty("sid").GetGuid();

    public static async Task RefusedAsync(HttpResponseMessage answer, string problem, string error = "invalid_grant")
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.True(answer.Headers.CacheControl?.NoStore);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(error, body.GetProperty("error").GetString());
            Assert.Equal(problem, body.GetProperty("problem").GetString());
            Assert.Equal(3, body.EnumerateObject().Count());
        }
    }

    public static async Task<HttpStatusCode> MeAsync(Uri address, string accessToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        using var answer = await client.GetAsync("/api/v1/me");
        return answer.StatusCode;
    }

    /// <summary>The row lives with this counter, and nobody has ended the session.</summary>
    public static async Task AliveAsync(Service service, Guid session, int counter)
    {
        Assert.Equal(1, await CountAsync(service, $"sessions WHERE id = '{session}' AND counter = {counter}"));
        Assert.Equal(0, await CountAsync(service, $"ended_sessions WHERE id = '{session}'"));
    }

    /// <summary>The row is gone, and every replica can read that it has ended.</summary>
    public static async Task EndedAsync(Service service, Guid session)
    {
        Assert.Equal(0, await CountAsync(service, $"sessions WHERE id = '{session}'"));
        Assert.Equal(1, await CountAsync(service, $"ended_sessions WHERE id = '{session}'"));
    }

    public static Task<int> AgeAsync(Service service, Guid session, TimeSpan by, params string[] columns) =>
        service.Database.ExecuteAsync(
            $"UPDATE sessions SET {string.Join(", ", columns.Select(column => service.Database.Ago(column, by)))} WHERE id = '{session}'"
        );

    private static Task<long> CountAsync(Service service, string rows) => service.Database.CountAsync(rows);
}
