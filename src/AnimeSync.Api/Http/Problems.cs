using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AnimeSync.Api.Http;

/// <summary>One kind of refusal: a stable slug, its HTTP status and a title that says nothing about the inside.</summary>
internal sealed record Problem(string Slug, int Status, string Title)
{
    /// <summary>RFC 9457 §3.1.1: a reference that names the kind of problem, relative to this service.</summary>
    public string Type => $"/problems/{Slug}";

    public ProblemHttpResult ToResult(string? detail = null, IDictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(Details(detail, extensions));

    /// <summary>For middleware, which has no result to return. Does nothing once the answer has begun.</summary>
    public Task WriteAsync(HttpContext context, string? detail = null) =>
        context.Response.HasStarted ? Task.CompletedTask : ToResult(detail).ExecuteAsync(context);

    private ProblemDetails Details(string? detail, IDictionary<string, object?>? extensions)
    {
        var details = new ProblemDetails
        {
            Type = Type,
            Status = Status,
            Title = Title,
            Detail = detail,
        };
        foreach (var (name, value) in extensions ?? new Dictionary<string, object?>())
        {
            details.Extensions[name] = value;
        }

        return details;
    }
}

/// <summary>Every way this service refuses.</summary>
internal static class Problems
{
    public static readonly Problem ValidationFailed = new(
        "validation-failed",
        400,
        "A value in the request is not acceptable."
    );
    public static readonly Problem MalformedRequest = new("malformed-request", 400, "The request could not be read.");
    public static readonly Problem CodeInvalid = new("code-invalid", 400, "The authorization code is not valid.");
    public static readonly Problem OAuthStateInvalid = new(
        "oauth-state-invalid",
        400,
        "This sign-in was not started here, or has ended. Start it again."
    );
    public static readonly Problem OAuthDenied = new("oauth-denied", 400, "AniList did not allow the sign-in.");
    public static readonly Problem ReturnToNotAllowed = new(
        "return-to-not-allowed",
        400,
        "This client may not use that redirect URI."
    );
    public static readonly Problem GraphQLRejected = new(
        "graphql-rejected",
        400,
        "The GraphQL request is not acceptable."
    );
    public static readonly Problem Unauthenticated = new("unauthenticated", 401, "An access token is required.");
    public static readonly Problem TokenInvalid = new("token-invalid", 401, "The access token is not valid.");
    public static readonly Problem TokenExpired = new("token-expired", 401, "The access token has expired.");
    public static readonly Problem RefreshInvalid = new("refresh-invalid", 401, "The refresh token is not valid.");
    public static readonly Problem RefreshReused = new(
        "refresh-reused",
        401,
        "The refresh token was used before; its session has been ended."
    );
    public static readonly Problem Csrf = new("csrf", 403, "A cookie needs the X-CSRF header and an allowed Origin.");
    public static readonly Problem Forbidden = new("forbidden", 403, "This is not allowed.");
    public static readonly Problem OperationNotAllowed = new(
        "operation-not-allowed",
        403,
        "This GraphQL operation is not allowed."
    );
    public static readonly Problem InsecureTransport = new("insecure-transport", 403, "Use https.");
    public static readonly Problem NotFound = new("not-found", 404, "There is nothing here.");
    public static readonly Problem MethodNotAllowed = new(
        "method-not-allowed",
        405,
        "This method is not supported here."
    );
    public static readonly Problem RequestTimeout = new("request-timeout", 408, "The request did not arrive in time.");
    public static readonly Problem Conflict = new("conflict", 409, "The request conflicts with the current state.");
    public static readonly Problem AniListRelinkRequired = new(
        "anilist-relink-required",
        409,
        "AniList no longer accepts this account's token. Sign in again to link it."
    );
    public static readonly Problem PreconditionFailed = new("precondition-failed", 412, "The resource has changed.");
    public static readonly Problem PayloadTooLarge = new("payload-too-large", 413, "The request body is too large.");
    public static readonly Problem UnsupportedMediaType = new(
        "unsupported-media-type",
        415,
        "The request body's type or encoding is not supported."
    );
    public static readonly Problem IdempotencyKeyReused = new(
        "idempotency-key-reused",
        422,
        "This Idempotency-Key belongs to another request."
    );
    public static readonly Problem QuotaExceeded = new("quota-exceeded", 429, "Too many requests.");
    public static readonly Problem Internal = new("internal", 500, "Something went wrong on our side.");
    public static readonly Problem AniListBadResponse = new(
        "anilist-bad-response",
        502,
        "AniList gave an answer that makes no sense."
    );
    public static readonly Problem AniListRateLimited = new(
        "anilist-rate-limited",
        503,
        "AniList's request limit is used up for the moment."
    );
    public static readonly Problem AniListUnavailable = new(
        "anilist-unavailable",
        503,
        "AniList is not available at the moment."
    );
    public static readonly Problem AniListTimeout = new("anilist-unavailable", 504, "AniList did not answer in time.");
    public static readonly Problem TemporarilyUnavailable = new(
        "temporarily-unavailable",
        503,
        "This service is not ready to answer. Try again shortly."
    );
}
