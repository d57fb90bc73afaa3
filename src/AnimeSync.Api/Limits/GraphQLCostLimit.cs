namespace AnimeSync.Api.Limits;

/// <summary>A user's budget of GraphQL complexity, beside the number of requests.</summary>
internal sealed class GraphQLCostLimit(RequestLimits limits, RefusalLog refusals)
{
    /// <param name="cost">Points; more than the whole budget counts as the whole budget.</param>
    public async ValueTask<LimitVerdict> AcquireAsync(Guid userId, int cost, CancellationToken cancellationToken)
    {
        var verdict = await limits.GraphQLCost.AcquireAsync(userId.ToString("n"), cost, cancellationToken);
        if (!verdict.IsGranted)
        {
            refusals.Count(limits.GraphQLCost.Name);
        }

        return verdict;
    }

    /// <summary>Puts the verdict into the answer's fields; after a refusal also Retry-After.</summary>
    public static void Show(HttpContext context, LimitVerdict verdict)
    {
        var fields = RateLimitFields.Of(context);
        if (verdict.IsGranted)
        {
            fields.Add(verdict);
        }
        else
        {
            fields.Refuse(verdict);
        }
    }
}
