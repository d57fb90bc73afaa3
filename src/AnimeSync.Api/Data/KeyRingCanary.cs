namespace AnimeSync.Api.Data;

/// <summary>A known plain text under the key ring: when it no longer opens, neither does any AniList token.</summary>
internal sealed class KeyRingCanary
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public required byte[] Ciphertext { get; set; }
}
