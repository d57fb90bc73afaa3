using System.Globalization;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The headers AniList's own server sets; the edge in front of it, which answers 429, sets none of them.</summary>
internal static class AniListHeaders
{
    public static void Write(HttpResponse response, int limit, int remaining)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-cache, private";
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        WriteCors(response);
    }

    public static void WriteCors(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlAllowHeaders =
            "Authorization,Accept,DNT,X-CustomHeader,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Content-Range,Range";
        headers.AccessControlExposeHeaders =
            "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Content-Length, Content-Range";
    }
}
