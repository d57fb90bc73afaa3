using System.Net;
using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>AniList's body and status, none of its headers, and how fresh it is.</summary>
internal sealed class AniListAnswerResult(GatewayAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var owned = answer;
        Freshness.Show(httpContext.Response, owned);
        if (
            HttpMethods.IsGet(httpContext.Request.Method)
            && owned.StatusCode == HttpStatusCode.OK
            && Freshness.IsKnownToClient(httpContext, owned.ETag ?? GatewayAnswer.ETagOf(owned.Body.Span))
        )
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var response = httpContext.Response;
        response.StatusCode = (int)owned.StatusCode!;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = owned.Body.Length;
        await response.Body.WriteAsync(owned.Body, httpContext.RequestAborted);
    }
}
