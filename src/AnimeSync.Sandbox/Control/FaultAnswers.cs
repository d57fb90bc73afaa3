using System.Globalization;
using System.Text;
using AnimeSync.Sandbox.GraphQL;
using AnimeSync.Sandbox.OAuth;
using Microsoft.AspNetCore.WebUtilities;

namespace AnimeSync.Sandbox.Control;

/// <summary>What each kind of fault looks like on the wire.</summary>
internal static class FaultAnswers
{
    public const string Disabled = "The AniList API has been temporarily disabled due to severe stability issues.";

    private const int DefaultSkew = 600;

    private const int HugeBytes = 20 * 1024 * 1024;

    private const string Html =
        """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><h1>anilist.co</h1><p>Checking if the site connection is secure</p></body></html>""";

    public static readonly IReadOnlySet<string> Kinds = new HashSet<string>(StringComparer.Ordinal)
    {
        "disabled",
        "rate-limited",
        "server-error",
        "html",
        "invalid-token",
        "partial",
        "truncated",
        "wrong-type",
        "huge",
        "slow",
        "hang",
        "reset",
        "reset-after",
        "clock-skew",
        "redirect",
        "needs-referer",
        "empty-object",
        "wrong-token-type",
        "newline-token",
        "bad-request",
        "unauthorized",
    };

    /// <summary>The answer given in place of the real one; null for faults that spoil the real answer on its way out.</summary>
    public static Answer? Replacement(FaultRule rule, HttpRequest request, bool forTokens)
    {
        Answer? answer = rule.Kind switch
        {
            "disabled" or "needs-referer" => ErrorAnswers.WithoutData(403, Disabled),
            "rate-limited" => ErrorAnswers.TooManyRequests with { RetryAfter = rule.RetryAfter },
            "server-error" => forTokens
                ? new(500, """{"message":"Server Error"}""")
                : ErrorAnswers.WithoutData(rule.Status ?? 500, ReasonPhrases.GetReasonPhrase(rule.Status ?? 500)),
            "html" => new(forTokens ? 200 : 503, Html, "text/html; charset=UTF-8"),
            "huge" => new(200, Huge(forTokens)),
            "hang" or "reset" => new(200, ""),
            "redirect" => new(302, "") { Location = $"{request.Scheme}://{request.Host}/redirected" },
            "empty-object" => new(200, "{}"),
            "wrong-token-type" => TokenEndpoint.Granted("not-a-bearer-token", "mac"),
            "newline-token" => TokenEndpoint.Granted("""first\r\nX-Injected: 1"""),
            "bad-request" => TokenEndpoint.Refusal(
                400,
                "invalid_grant",
                "The provided authorization grant is invalid.",
                null
            ),
            "unauthorized" => TokenEndpoint.Refusal(401, "invalid_client", "Client authentication failed", null),
            _ => null,
        };
        return answer is not null && rule.Status is { } status ? answer with { Status = status } : answer;
    }

    /// <summary>The status a spoiled answer goes out with; a replaced one has the rule's already.</summary>
    public static int StatusOf(this FaultRule rule, Answer answer) =>
        rule.Kind is "partial" or "clock-skew" or "truncated" or "wrong-type" or "slow"
            ? rule.Status ?? answer.Status
            : answer.Status;

    public static async Task PlayAsync(
        this FaultRule rule,
        HttpContext context,
        Answer answer,
        OperationShape? shape = null
    )
    {
        // Only a right answer can lose a part, so it is spoiled before it gets another status.
        answer = (rule.Kind == "partial" ? PartialAnswer.Spoil(answer, shape) : answer) with
        {
            Status = rule.StatusOf(answer),
        };
        switch (rule.Kind)
        {
            case "clock-skew":
                context.Response.Headers.Date = SkewedDate(context, rule.Skew ?? DefaultSkew);
                await answer.WriteAsync(context);
                break;
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "reset":
            case "reset-after":
                context.Abort();
                break;
            case "truncated":
                await (answer with { Body = answer.Body[..(answer.Body.Length / 2)] }).WriteAsync(context);
                break;
            case "wrong-type":
                await (answer with { ContentType = "text/plain; charset=UTF-8" }).WriteAsync(context);
                break;
            case "slow":
                await DripAsync(context, answer);
                break;
            default:
                await answer.WriteAsync(context);
                break;
        }
    }

    private static string SkewedDate(HttpContext context, int seconds) =>
        context
            .RequestServices.GetRequiredService<TimeProvider>()
            .GetUtcNow()
            .AddSeconds(seconds)
            .ToString("R", CultureInfo.InvariantCulture);

    // One byte a quarter of a second: every read makes progress and the whole never comes in reasonable time.
    private static async Task DripAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        try
        {
            for (var i = 0; i < answer.Body.Length; i++)
            {
                await context.Response.Body.WriteAsync(answer.Body.Slice(i, 1), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(250, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller lost patience, which is what the fault is for.
        }
    }

    private static ReadOnlyMemory<byte> Huge(bool forTokens)
    {
        var body = new byte[HugeBytes];
        body.AsSpan().Fill((byte)'a');
        Encoding
            .ASCII.GetBytes(
                forTokens
                    ? """{"token_type":"Bearer","expires_in":31536000,"access_token":" """.TrimEnd()
                    : """{"data":{"huge":" """.TrimEnd()
            )
            .CopyTo(body, 0);
        Encoding.ASCII.GetBytes(forTokens ? "\"}" : "\"}}").CopyTo(body, HugeBytes - (forTokens ? 2 : 3));
        return body;
    }
}
