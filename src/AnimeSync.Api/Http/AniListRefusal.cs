namespace AnimeSync.Api.Http;

/// <summary>What AniList's failure means to a client, and when another try may go better.</summary>
internal sealed record AniListRefusal(Problem Problem, TimeSpan? RetryAfter = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        RetryAfterField.Show(httpContext.Response, RetryAfter);
        return Problem.WriteAsync(httpContext);
    }
}
