using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AnimeSync.Api.Auth.AccessTokens;

/// <summary>
/// The keys by their `kid`, which is derived from the secret: replicas that share secrets agree on names, and a
/// rotation needs no numbering.
/// </summary>
internal sealed class SigningKeys
{
    public SigningKeys(SigningSecrets secrets)
    {
        Current = Key(secrets.Current);
        All = [Current, .. secrets.Accepted.Select(Key)];
    }

    public SymmetricSecurityKey Current { get; }

    public IReadOnlyList<SymmetricSecurityKey> All { get; }

    private static SymmetricSecurityKey Key(byte[] secret) =>
        new(secret)
        {
            KeyId = Base64UrlEncoder.Encode(
                HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 9, info: "animesync jwt kid"u8.ToArray())
            ),
        };
}
