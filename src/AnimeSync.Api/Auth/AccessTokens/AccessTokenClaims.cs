using System.Text.Json.Serialization;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>Exactly what an access token holds (RFC 9068 §2.2, and the session it belongs to).</summary>
/// <param name="Sid">The session; ending it ends the token.</param>
/// <param name="Ctr">The refresh counter the token was issued with; using it confirms that counter.</param>
public sealed record AccessTokenClaims(
    string Iss,
    string Aud,
    Guid Sub,
    Guid Sid,
    [property: JsonPropertyName("client_id")] string ClientId,
    string Jti,
    int Ctr,
    long Iat,
    long Nbf,
    long Exp
);

/// <summary>The header, and nothing beside it: no `crit`, no `jku`, no embedded key (RFC 8725 §3.10).</summary>
public sealed record AccessTokenHeader(string Alg, string Typ, string Kid);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    MaxDepth = 4
)]
[JsonSerializable(typeof(AccessTokenClaims))]
[JsonSerializable(typeof(AccessTokenHeader))]
internal sealed partial class AccessTokenJson : JsonSerializerContext;
