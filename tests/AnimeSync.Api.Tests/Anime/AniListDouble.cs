using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Anime;

/// <summary>An AniList that says of each title just what a test wants, asked for alone or as a page.</summary>
internal sealed partial class AniListDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AniListDouble(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>A title's JSON, by its id.</summary>
    public ConcurrentDictionary<int, string> Titles { get; } = new();

    /// <summary>What is answered instead of anything else.</summary>
    public Func<HttpContext, Task>? Trouble { get; set; }

    public static async Task<AniListDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var stub = new AniListDouble(builder.Build());
        stub._app.Urls.Add("http://127.0.0.1:0");
        stub._app.MapPost("/", context => stub.Trouble is { } trouble ? trouble(context) : stub.AnswerAsync(context));
        await stub._app.StartAsync();
        return stub;
    }

    public static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var asked = await JsonDocument.ParseAsync(context.Request.Body);
        if (asked.RootElement.TryGetProperty("variables", out var variables))
        {
            await (
                Titles.TryGetValue(variables.GetProperty("id").GetInt32(), out var title)
                    ? WriteAsync(context, 200, "{\"data\":{\"Media\":" + title + "}}")
                    : WriteAsync(context, 404, """{"errors":[{"message":"Not Found.","status":404}],"data":null}""")
            );
            return;
        }

        var ids = Ids().Match(asked.RootElement.GetProperty("query").GetString()!).Groups[1].Value;
        var page = ids.Split(',')
            .Select(int.Parse)
            .Where(Titles.ContainsKey)
            .Select(id => $$"""{"animesync_id":{{id}},{{Titles[id][1..]}}""");
        await WriteAsync(context, 200, "{\"data\":{\"m0\":{\"media\":[" + string.Join(',', page) + "]}}}");
    }

    [GeneratedRegex(@"id_in:\[([0-9,]+)\]")]
    private static partial Regex Ids();
}
