using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>One person's approval at the stub: its code, the token that the code is worth, and who asked for them.</summary>
public sealed class AniListGrant
{
    private int _exchanges;
    private int _viewerCalls;

    public string Code { get; init; } = $"anilist-code-{RandomNumberGenerator.GetHexString(32)}";

    public string Token { get; init; } = $"anilist-token-{RandomNumberGenerator.GetHexString(32)}";

    public int ViewerId { get; init; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public string ViewerName { get; init; } = "rin";

    /// <summary>What the token endpoint does instead of granting the token.</summary>
    public Func<HttpContext, Task>? OnExchange { get; init; }

    /// <summary>What GraphQL does instead of naming the viewer.</summary>
    public Func<HttpContext, Task>? OnViewer { get; init; }

    /// <summary>How often the code was presented.</summary>
    public int Exchanges => _exchanges;

    /// <summary>How often the token was presented.</summary>
    public int ViewerCalls => _viewerCalls;

    public Task ExchangeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _exchanges);
        return OnExchange is null
            ? AniListStub.AnswerAsync(
                context,
                200,
                $$"""{"token_type":"Bearer","expires_in":31536000,"access_token":"{{Token}}"}"""
            )
            : OnExchange(context);
    }

    public Task AnswerViewerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _viewerCalls);
        return OnViewer is null
            ? AniListStub.AnswerViewerAsync(context, ViewerId, $"\"{ViewerName}\"", "null")
            : OnViewer(context);
    }
}

/// <summary>An AniList that can misbehave: each code gets the answers that its grant says, and every call is counted.</summary>
public sealed class AniListStub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AniListGrant> _codes = new();
    private readonly ConcurrentDictionary<string, AniListGrant> _tokens = new();
    private readonly WebApplication _app;
    private int _calls;
    private int _strays;

    private AniListStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/api/v2/oauth/token", ExchangeAsync);
        _app.MapPost("/", AnswerViewerAsync);
        _app.MapFallback(context =>
        {
            Interlocked.Increment(ref _strays);
            return AnswerAsync(context, 404, "{}");
        });
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>What GraphQL does for those who bring no token.</summary>
    public Func<HttpContext, Task>? OnAnyone { get; set; }

    /// <summary>Calls of the token endpoint and of GraphQL together.</summary>
    public int Calls => _calls;

    /// <summary>Calls of anything else, which a server has no business with.</summary>
    public int Strays => _strays;

    public static async Task<AniListStub> StartAsync()
    {
        var stub = new AniListStub();
        await stub._app.StartAsync();
        return stub;
    }

    public AniListGrant Grant(AniListGrant? grant = null)
    {
        grant ??= new();
        _codes[grant.Code] = grant;
        _tokens[grant.Token] = grant;
        return grant;
    }

    public static Task AnswerAsync(HttpContext context, int status, string body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    /// <summary>Names a viewer; the name and the avatar are JSON.</summary>
    public static Task AnswerViewerAsync(HttpContext context, int id, string name, string avatar) =>
        AnswerAsync(
            context,
            200,
            $$$"""{"data":{"Viewer":{"id":{{{id}}},"name":{{{name}}},"avatar":{{{avatar}}} } } }"""
        );

    /// <summary>Answers nothing until the other side gives up.</summary>
    public static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>Begins a good answer and sends it a byte a second.</summary>
    public static async Task DripAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>20 MB of JSON that would be a good answer without its padding.</summary>
    public static async Task FloodAsync(HttpContext context, string goodMembers)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($"{{{goodMembers},\"padding\":\"");
        var padding = new byte[64 * 1024];
        padding.AsSpan().Fill((byte)'a');
        for (var sent = 0; sent < 20 * 1024 * 1024; sent += padding.Length)
        {
            await context.Response.Body.WriteAsync(padding, context.RequestAborted);
        }

        await context.Response.WriteAsync("\"}");
    }

    public static Task ResetAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ExchangeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        var form = await context.Request.ReadFormAsync();
        await (
            form["code"] is [{ } code] && _codes.TryGetValue(code, out var grant)
                ? grant.ExchangeAsync(context)
                : AnswerAsync(context, 400, """{"error":"invalid_grant"}""")
        );
    }

    private Task AnswerViewerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        return context.Request.Headers.Authorization is [{ } bearer] && _tokens.TryGetValue(bearer[7..], out var grant)
                ? grant.AnswerViewerAsync(context)
            : context.Request.Headers.Authorization.Count == 0 && OnAnyone is { } anyone ? anyone(context)
            : AnswerAsync(context, 400, """{"errors":[{"message":"Invalid token","status":400}],"data":null}""");
    }
}
