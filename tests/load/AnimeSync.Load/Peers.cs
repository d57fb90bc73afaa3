using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Yarp.ReverseProxy.Configuration;

namespace AnimeSync.Load;

/// <summary>
/// What the service is measured against, and what it talks to. Settings come from the environment: PORT, UPSTREAM,
/// JWT_SECRET_KEY and ISSUER.
/// </summary>
internal static partial class Peers
{
    private static readonly byte[] _answer = Encoding.UTF8.GetBytes(
        """{"data":{"Viewer":{"id":1,"name":"bench","avatar":{"large":null}},"Page":{"mediaList":["""
            + string.Join(
                ',',
                Enumerable.Range(1, 20).Select(id => $$"""{"id":{{id}},"mediaId":{{id}},"progress":12}""")
            )
            + "]}}}"
    );

    private static readonly byte[] _title = Encoding.UTF8.GetBytes(
        """{"data":{"Media":{"id":1,"idMal":1,"title":{"romaji":"Cowboy Bebop","english":"Cowboy Bebop","native":"\u30AB\u30A6\u30DC\u30FC\u30A4\u30D3\u30D0\u30C3\u30D7"},"format":"TV","status":"FINISHED","episodes":26,"season":"SPRING","seasonYear":1998,"averageScore":86,"genres":["Action","Adventure","Drama","Sci-Fi"],"coverImage":{"large":"http://127.0.0.1:9100/covers/1.svg"}}}}"""
    );

    /// <summary>Some 20 KB: what a page of fifty titles takes.</summary>
    private static readonly byte[] _page = Encoding.UTF8.GetBytes(
        """{"data":{"Page":{"pageInfo":{"total":5000,"hasNextPage":true},"media":["""
            + string.Join(',', Enumerable.Range(1, 50).Select(id => "{" + Title(id)))
            + "]}}}"
    );

    private static readonly byte[] _token = Encoding.UTF8.GetBytes(
        $$"""{"token_type":"Bearer","expires_in":31536000,"access_token":"{{Jws("""{"alg":"none"}""")}}.{{Jws("""{"sub":"1","exp":4102444800}""")}}.{{Jws("x")}}"}"""
    );

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name)!;

    private static long _asked;

    /// <summary>
    /// AniList reduced to fixed bytes: one page of titles, one list of the caller's, and titles by their ids; counts what
    /// it is asked.
    /// </summary>
    public static async Task<int> UpstreamAsync()
    {
        var app = Bare();
        app.MapGet(
            "/api/v2/oauth/authorize",
            (string redirect_uri, string state) =>
                Results.Redirect($"{redirect_uri}?code=bench&state={Uri.EscapeDataString(state)}")
        );
        app.MapPost("/api/v2/oauth/token", () => Results.Bytes(_token, "application/json"));
        app.MapGet("/asked", () => Volatile.Read(ref _asked));
        app.MapPost(
            "/",
            async context =>
            {
                Interlocked.Increment(ref _asked);
                await AnswerAsync(context, AnswerTo(await ReadAsync(context.Request.BodyReader)));
            }
        );
        await app.RunAsync();
        return 0;
    }

    /// <summary>The least that Kestrel can answer with: the bytes of one title, whatever is asked.</summary>
    public static async Task<int> TitleAsync()
    {
        var app = Bare();
        app.MapPost("/", context => AnswerAsync(context, _title));
        await app.RunAsync();
        return 0;
    }

    /// <summary>
    /// The least that Kestrel can answer a token with: the bytes of one page, whatever is asked; at /anime the bytes that
    /// were put there.
    /// </summary>
    public static async Task<int> BareAsync()
    {
        var builder = BareBuilder();
        AddToken(builder);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/graphql", (RequestDelegate)(context => AnswerAsync(context, _page))).RequireAuthorization();
        byte[] anime = [];
        app.MapPut(
            "/anime",
            async context => anime = Encoding.UTF8.GetBytes(await ReadAsync(context.Request.BodyReader))
        );
        app.MapGet("/anime", (RequestDelegate)(context => AnswerAsync(context, anime))).RequireAuthorization();
        await app.RunAsync();
        return 0;
    }

    /// <summary>A reverse proxy with the same token check and the same kind of limiter in front.</summary>
    public static async Task<int> YarpAsync()
    {
        var builder = BareBuilder();
        AddTokenAndLimit(builder);
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new RouteConfig
                    {
                        RouteId = "graphql",
                        ClusterId = "upstream",
                        Match = new() { Path = "/graphql" },
                        AuthorizationPolicy = "default",
                        RateLimiterPolicy = "user",
                        Transforms = [new Dictionary<string, string> { ["PathSet"] = "/" }],
                    },
                ],
                [
                    new ClusterConfig
                    {
                        ClusterId = "upstream",
                        Destinations = new Dictionary<string, DestinationConfig>
                        {
                            ["only"] = new() { Address = Setting("UPSTREAM") },
                        },
                    },
                ]
            );
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapReverseProxy();
        await app.RunAsync();
        return 0;
    }

    /// <summary>The least that could forward: the same token check, one HttpClient call, the answer copied.</summary>
    public static async Task<int> MinimalAsync()
    {
        var builder = BareBuilder();
        AddTokenAndLimit(builder);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        var upstream = new HttpClient();
        var address = new Uri(Setting("UPSTREAM"));
        app.MapPost(
                "/graphql",
                async (HttpContext context) =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, address);
                    request.Content = new StreamContent(context.Request.Body)
                    {
                        Headers =
                        {
                            ContentType = new("application/json"),
                            ContentLength = context.Request.ContentLength,
                        },
                    };
                    using var answer = await upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    context.Response.ContentType = "application/json";
                    await answer.Content.CopyToAsync(context.Response.Body);
                }
            )
            .RequireAuthorization()
            .RequireRateLimiting("user");
        await app.RunAsync();
        return 0;
    }

    private static void AddToken(WebApplicationBuilder builder)
    {
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new()
                {
                    ValidIssuer = Setting("ISSUER"),
                    ValidAudience = "animesync",
                    IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Setting("JWT_SECRET_KEY"))),
                };
            });
        builder.Services.AddAuthorization();
    }

    private static void AddTokenAndLimit(WebApplicationBuilder builder)
    {
        AddToken(builder);
        builder.Services.AddRateLimiter(limiter =>
            limiter.AddPolicy(
                "user",
                context =>
                    RateLimitPartition.GetSlidingWindowLimiter(
                        context.User.FindFirst("sub")?.Value,
                        _ =>
                            new()
                            {
                                PermitLimit = 1_000_000_000,
                                Window = TimeSpan.FromMinutes(1),
                                SegmentsPerWindow = 60,
                            }
                    )
            )
        );
    }

    private static async ValueTask<string> ReadAsync(PipeReader body)
    {
        var read = await body.ReadAsync();
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync();
        }

        var text = Encoding.UTF8.GetString(read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        return text;
    }

    private static ReadOnlyMemory<byte> AnswerTo(string body)
    {
        if (FoldedIds().Match(body) is { Success: true } folded)
        {
            var titles = folded.Groups[1].Value.Split(',').Select(id => $$"""{"animesync_id":{{id}},{{Title(id)}}""");
            return Encoding.UTF8.GetBytes($$$$"""{"data":{"m0":{"media":[{{{{string.Join(',', titles)}}}}]}}}""");
        }

        if (SingleId().Match(body) is { Success: true } single)
        {
            var id = single.Groups[1].Success ? single.Groups[1].Value : single.Groups[2].Value;
            return Encoding.UTF8.GetBytes($$$"""{"data":{"Media":{"type":"ANIME",{{{Title(id)}}} }}""");
        }

        return body.Contains("POPULARITY_DESC", StringComparison.Ordinal) ? _page : _answer;
    }

    /// <summary>Some 400 bytes, without the first brace.</summary>
    private static string Title(object id) =>
        $$$$"""
            "id":{{{{id}}}},"idMal":{{{{id}}}},"title":{"romaji":"Cowboy Bebop","english":"Cowboy Bebop","native":"カウボーイビバップ"},"format":"TV","status":"FINISHED","episodes":26,"season":"SPRING","seasonYear":1998,"averageScore":86,"genres":["Action","Adventure","Drama","Sci-Fi"],"coverImage":{"large":"http://127.0.0.1:9100/covers/{{{{id}}}}.svg"},"siteUrl":"http://127.0.0.1:9100/anime/{{{{id}}}}"}
            """;

    private static async Task AnswerAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    // As the gateway writes a page in place of titles by id.
    [GeneratedRegex(@"m0:Page\(perPage:50\)\{media\(id_in:\[([0-9,]+)\]")]
    private static partial Regex FoldedIds();

    [GeneratedRegex(@"Media\(id: ?([0-9]+)\)|""variables"":\{""id"":([0-9]+)\}")]
    private static partial Regex SingleId();

    private static WebApplication Bare() => BareBuilder().Build();

    private static WebApplicationBuilder BareBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Failures are logged on both sides, and nothing else.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{Setting("PORT")}");
        return builder;
    }

    private static string Jws(string part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part));
}
