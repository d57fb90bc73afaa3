namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Lets a client of somebody else's, such as the sign-in's, ask AniList's GraphQL API in its turn like everybody. Other
/// addresses have no budget.
/// </summary>
public sealed class BudgetHandler(AniListGateway gateway, Uri graphQL, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.RequestUri != graphQL)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (await gateway.TakeTurnAsync(Lane.Writes, cancellationToken) is { } refusal)
        {
            throw new HttpRequestException($"AniList cannot be asked now: {refusal.Failure}.");
        }

        AniListFailure? failure = AniListFailure.Unreachable;
        AniListRateLimit rateLimit = default;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            rateLimit = AniListRateLimit.Read(response.Headers);
            failure = (int)response.StatusCode switch
            {
                429 => AniListFailure.RateLimited,
                // AniList and its edge say so to everybody when the API is off; a bad token is a 400 or a 401.
                403 => AniListFailure.Disabled,
                >= 500 => AniListFailure.Broken,
                _ => null,
            };
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            failure = AniListFailure.Timeout;
            throw;
        }
        finally
        {
            await gateway.ReportAsync(rateLimit, failure);
        }
    }
}
