namespace AnimeSync.Api.Http;

/// <summary>JSON that is ready to be sent, to a client that may keep it and asks whether it still holds.</summary>
/// <param name="tag">Quoted, of these very bytes (RFC 9110 §8.8.3).</param>
internal sealed class RevalidatedJson(ReadOnlyMemory<byte> body, string tag, AnswerAge age) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        Freshness.Show(response, age);
        Freshness.AllowRevalidation(response);
        if (Freshness.IsKnownToClient(httpContext, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
