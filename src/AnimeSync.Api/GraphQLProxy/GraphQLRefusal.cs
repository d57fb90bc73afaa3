using System.Globalization;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// A refusal of our own. The detail is fixed text, so nothing that was sent comes back and no schema can be guessed from
/// it.
/// </summary>
internal sealed record GraphQLRefusal(
    Problem Problem,
    string? Detail = null,
    TimeSpan? RetryAfter = null,
    string? Allow = null
) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        RetryAfterField.Show(httpContext.Response, RetryAfter);
        if (Allow is not null)
        {
            httpContext.Response.Headers.Allow = Allow;
        }

        return Problem.WriteAsync(httpContext, Detail);
    }

    public static GraphQLRefusal Malformed(string detail) => new(Problems.MalformedRequest, detail);

    public static GraphQLRefusal Rejected(string detail) => new(Problems.GraphQLRejected, detail);

    /// <param name="what">In the plural.</param>
    public static GraphQLRefusal TooMany(string what, int most) =>
        Rejected(string.Create(CultureInfo.InvariantCulture, $"Too many {what}: {most} are allowed."));

    public static GraphQLRefusal NotAllowed(string detail) => new(Problems.OperationNotAllowed, detail);
}
