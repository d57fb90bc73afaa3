using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace AnimeSync.Api.Tests.Http;

public sealed record Nested(string Name, IReadOnlyList<string>? Tags = null);

public sealed record Strict(
    int Progress,
    string Notes,
    DateOnly? Day = null,
    DateTimeOffset? At = null,
    double? Score = null,
    IReadOnlyList<Nested>? Items = null,
    string[]? Words = null,
    List<List<string>>? Rows = null,
    Dictionary<string, string>? Labels = null,
    IReadOnlyList<string?>? Gaps = null
);

/// <summary>Routes that fail and bind in every way, to see the edges from outside.</summary>
internal static class TestRoutes
{
    public static void Map(WebApplication app)
    {
        var anonymous = app.MapGroup("").AllowAnonymous();
        anonymous.MapGet(
            "/test/throws",
            IResult () =>
                throw new InvalidOperationException("SELECT secret FROM users at /home/src/Inside.cs 10.0.0.7")
        );
        anonymous.MapGet(
            "/test/outage",
            IResult () => throw new NpgsqlException("db.internal refused", new TimeoutException("pool exhausted"))
        );
        anonymous.MapGet("/test/status/{code:int}", (int code) => TypedResults.StatusCode(code));
        anonymous
            .MapPost(
                "/test/large",
                async (HttpRequest request) => (await new StreamReader(request.Body).ReadToEndAsync()).Length
            )
            .Accepts<Strict>("application/json");
        anonymous.MapPost("/test/strict", (Strict body) => TypedResults.Ok(body));
        anonymous.MapGet("/api/v1/test/page", (int? page, string? search) => TypedResults.Ok(page));
        anonymous.MapGet("/api/v1/test/ids", ([FromQuery] int[] id) => TypedResults.Ok(id.Length));
        anonymous
            .MapGet("/api/v1/test/cursor", (HttpContext context) => TypedResults.Ok(context.Request.Query.Count))
            .ReadsQuery("cursor");
        anonymous.MapGet(
            "/test/kept",
            (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "private, max-age=60";
                return TypedResults.Ok();
            }
        );
        app.MapGet("/api/v1/test/secret", () => TypedResults.Ok("secret"));
    }
}
