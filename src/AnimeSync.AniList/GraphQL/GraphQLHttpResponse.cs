using System.Net;
using System.Text.Json;
using AnimeSync.AniList;

namespace GraphQL.Client.Http;

/// <summary>A GraphQL answer of any HTTP status. <see cref="Failure"/> says what its first error means.</summary>
public sealed record GraphQLHttpResponse<T>(
    T? Data,
    IReadOnlyList<GraphQLError>? Errors,
    JsonElement? Extensions,
    HttpStatusCode StatusCode,
    AniListFailure? Failure,
    AniListRateLimit RateLimit
) : GraphQLResponse<T>(Data, Errors, Extensions);
