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
        Show(response, new AnswerAge(answer.Source, answer.Age));
        if (answer.ETag is { } tag)
        {
            response.Headers.ETag = tag;
        }
    }

    public static void Show(HttpResponse response, AnswerAge age)
    {
        var headers = response.Headers;
        headers[Source] = age.Source switch
        {
            AnswerSource.Live => "live",
            AnswerSource.Cache => "cache",
            _ => "stale",
        };
        if (age.Source != AnswerSource.Live)
        {
            // RFC 9111 §5.1: whole seconds since the origin gave it.
            headers.Age = ((long)age.Age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Lets the caller's own browser keep the answer, and ask each time whether it still holds.</summary>
    public static void AllowRevalidation(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Authorization);
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

/// <summary>How old an answer of AniList's is, or the oldest part of one that was put together.</summary>
internal readonly record struct AnswerAge(AnswerSource Source, TimeSpan Age)
{
    /// <summary>Stale when one part is, and live only when every part is.</summary>
    public AnswerAge And(AnswerAge other) =>
        new(Source > other.Source ? Source : other.Source, Age > other.Age ? Age : other.Age);
}
