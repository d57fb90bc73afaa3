using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Account;

public sealed record AccountResponse(
    Guid Id,
    string Name,
    string? AvatarUrl,
    DateTimeOffset CreatedAt,
    AniListLinkResponse AniList
);

/// <param name="Id">AniList's own id of this person.</param>
/// <param name="ExpiresAt">When AniList's year-long token ends; signing in again starts a new one.</param>
/// <param name="ExpiresWithinDays">30, 7 or 1 once the end is that near; otherwise null.</param>
public sealed record AniListLinkResponse(
    int Id,
    AniListLinkState State,
    DateTimeOffset? ExpiresAt,
    int? ExpiresWithinDays
);

[JsonConverter(typeof(JsonStringEnumConverter<AniListLinkState>))]
public enum AniListLinkState
{
    [JsonStringEnumMemberName("linked")]
    Linked,

    /// <summary>Works, and ends within 30 days.</summary>
    [JsonStringEnumMemberName("expiring")]
    Expiring,

    /// <summary>AniList no longer accepts the token: the person has to sign in again.</summary>
    [JsonStringEnumMemberName("relink-required")]
    RelinkRequired,
}

/// <param name="RevokeAtAniList">
/// AniList has no way for an app to give a token back; only its owner can revoke it, on this page.
/// </param>
public sealed record AccountErasedResponse(Uri RevokeAtAniList);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(AccountErasedResponse))]
internal sealed partial class AccountJson : JsonSerializerContext;
