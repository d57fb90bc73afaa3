using System.Net;
using AnimeSync.AniList;

namespace GraphQL.Client.Http;

/// <summary>There is no GraphQL answer. Carries no part of what was sent or received, so it can be logged.</summary>
public sealed class GraphQLHttpRequestException(
    AniListFailure failure,
    HttpStatusCode? statusCode,
    AniListRateLimit rateLimit
) : Exception($"The GraphQL call failed: {failure}.")
{
    public AniListFailure Failure { get; } = failure;

    public HttpStatusCode? StatusCode { get; } = statusCode;

    public AniListRateLimit RateLimit { get; } = rateLimit;
}
