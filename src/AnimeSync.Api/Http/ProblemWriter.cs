namespace AnimeSync.Api.Http;

/// <summary>
/// Writes every problem document, whatever the caller says it accepts: the framework's own writer steps aside for an
/// Accept without JSON, and what is written then has no trace and nothing that a GraphQL client can read.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        Refusals.Complete(context);
        var problem = context.ProblemDetails;
        return new(
            context.HttpContext.Response.WriteAsJsonAsync(
                problem,
                problem.GetType(),
                options: null,
                "application/problem+json",
                context.HttpContext.RequestAborted
            )
        );
    }
}
