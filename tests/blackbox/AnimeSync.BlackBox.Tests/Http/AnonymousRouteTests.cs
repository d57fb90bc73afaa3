using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Http;

/// <summary>A desk's service, since only there it describes itself.</summary>
public sealed partial class AnonymousRouteTests
{
    private static readonly string[] _anonymous =
    [
        "GET /.well-known/oauth-authorization-server",
        "GET /auth/authorize",
        "GET /auth/callback",
        "GET /healthz",
        "GET /readyz",
        "POST /auth/logout",
        "POST /auth/revoke",
        "POST /auth/token",
    ];

    [Fact]
    public async Task Every_described_route_but_these_wants_a_token()
    {
        await using var service = await Service.StartAsync(
            new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development" }
        );
        using var client = service.CreateClient();
        var description = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var routes = description
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Select(method =>
                        (
                            Method: method.Name.ToUpperInvariant(),
                            Path: path.Name,
                            Id: IsNumbered(method.Value) ? "1" : Guid.NewGuid().ToString(),
                            Query: string.Join('&', RequiredInQuery(method.Value).Select(name => $"{name}=x"))
                        )
                    )
            )
            .ToList();

        var open = new List<string>();
        foreach (var (method, path, id, query) in routes)
        {
            var address = $"{Parameter().Replace(path, id)}?{query}";
            using var request = new HttpRequestMessage(new(method), address);
            using var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.Unauthorized && body.Contains("\"/problems/unauthenticated\""))
            {
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            }
            else
            {
                open.Add($"{method} {path}");
            }
        }

        Assert.Equal(_anonymous, open.Order(StringComparer.Ordinal));
        Assert.True(routes.Count > open.Count);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/nothing-here")).StatusCode);
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    // What a route's id cannot be is a route that is not there.
    private static bool IsNumbered(JsonElement operation) =>
        Parameters(operation, "path").Any(one => one.GetProperty("schema").TryGetProperty("minimum", out _));

    // A method may be served only to those who send these.
    private static IEnumerable<string> RequiredInQuery(JsonElement operation) =>
        Parameters(operation, "query")
            .Where(one => one.TryGetProperty("required", out var required) && required.GetBoolean())
            .Select(one => one.GetProperty("name").GetString()!);

    private static IEnumerable<JsonElement> Parameters(JsonElement operation, string place) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == place)
            : [];
}
