using GraphQL.Client.Http;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>AniList's body and status, and none of its headers.</summary>
internal sealed class AniListAnswerResult(GraphQLHttpAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var owned = answer;
        var response = httpContext.Response;
        response.StatusCode = (int)owned.StatusCode!;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = owned.Body.Length;
        await response.Body.WriteAsync(owned.Body, httpContext.RequestAborted);
    }
}
