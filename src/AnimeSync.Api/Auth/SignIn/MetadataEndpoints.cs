using System.Text.Json.Serialization;
using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Auth.SignIn;

internal static class MetadataEndpoints
{
    public static void MapAuthorizationServerMetadata(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/.well-known/oauth-authorization-server", Metadata)
            .WithName("AuthorizationServerMetadata")
            .WithSummary("Where the endpoints are and what they support (RFC 8414).")
            .WithTags("Auth")
            .AllowAnonymous();

    private static Ok<AuthorizationServerMetadata> Metadata(ServiceOptions service) =>
        TypedResults.Ok(
            new AuthorizationServerMetadata(
                service.PublicUrl,
                $"{service.PublicUrl}/auth/authorize",
                $"{service.PublicUrl}/auth/token",
                $"{service.PublicUrl}/auth/revoke",
                ["code"],
                ["query"],
                ["authorization_code", "refresh_token"],
                ["none"],
                ["none"],
                ["S256"],
                AuthorizationResponseIssParameterSupported: true
            )
        );
}

/// <summary>RFC 8414 §2, and RFC 9207 §3 for the last.</summary>
public sealed record AuthorizationServerMetadata(
    string Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypesSupported,
    [property: JsonPropertyName("response_modes_supported")] IReadOnlyList<string> ResponseModesSupported,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypesSupported,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")]
        IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
    [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")]
        IReadOnlyList<string> RevocationEndpointAuthMethodsSupported,
    [property: JsonPropertyName("code_challenge_methods_supported")]
        IReadOnlyList<string> CodeChallengeMethodsSupported,
    [property: JsonPropertyName("authorization_response_iss_parameter_supported")]
        bool AuthorizationResponseIssParameterSupported
);
