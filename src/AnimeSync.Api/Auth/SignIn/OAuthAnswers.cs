using System.Text.Json.Serialization;
using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>RFC 6749 §5.1. A browser's refresh token is in its cookie instead.</summary>
public sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        string? RefreshToken
);

/// <summary>RFC 6749 §5.2, with our own problem slug beside it.</summary>
public sealed record OAuthError(
    string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription,
    string Problem
);

internal static class OAuthErrors
{
    public static JsonHttpResult<OAuthError> InvalidClient() =>
        Refuse("invalid_client", Problems.ValidationFailed, "This client_id is not known.", 401);

    public static JsonHttpResult<OAuthError> InvalidRequest(string description) =>
        Refuse("invalid_request", Problems.MalformedRequest, description);

    public static JsonHttpResult<OAuthError> InvalidRequest(Problem problem) =>
        Refuse("invalid_request", problem, problem.Title);

    public static JsonHttpResult<OAuthError> InvalidGrant(Problem problem) =>
        Refuse("invalid_grant", problem, problem.Title);

    public static JsonHttpResult<OAuthError> UnsupportedGrantType() =>
        Refuse("unsupported_grant_type", Problems.ValidationFailed, "Use authorization_code or refresh_token.");

    private static JsonHttpResult<OAuthError> Refuse(
        string error,
        Problem problem,
        string description,
        int status = 400
    ) => TypedResults.Json(new OAuthError(error, description, problem.Slug), AuthJson.Default.OAuthError, null, status);
}
