using System.Globalization;
using AnimeSync.AniList.Gateway;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.Http;

/// <summary>The fields that tell a client how old AniList's answer is, and whether its own copy still holds.</summary>
internal static class Freshness
{
    public const string Source = "X-AnimeSync-Source";

    public static void Show(HttpResponse response, GatewayAnswer answer)
    {
        var headers = response.Headers;
        headers[Source] = answer.Source switch
        {
            AnswerSource.Live => "live",
            AnswerSource.Cache => "cache",
            _ => "stale",
        };
        if (answer.Source != AnswerSource.Live)
        {
            // RFC 9111 §5.1: whole seconds since the origin gave it.
            headers.Age = ((long)answer.Age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (answer.ETag is { } tag)
        {
            headers.ETag = tag;
        }
    }

    /// <summary>RFC 9110 §13.1.2: whether the client's copy is the one it would get. Sets the answer's ETag.</summary>
    public static bool IsKnownToClient(HttpContext context, string tag)
    {
        context.Response.Headers.ETag = tag;
        var known = context.Request.Headers.IfNoneMatch;
        return known.Count > 0
            && EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(one => one.Tag == "*" || one.Tag == tag);
    }
}
