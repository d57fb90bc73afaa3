using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Encrypts a column for exactly one row: copied to another owner or purpose, it does not open.</summary>
internal sealed class RowProtector(IDataProtectionProvider provider, KeyRingWatch ring)
{
    /// <summary>Of a session's refresh-token key; its owner is the session's id.</summary>
    public const string RefreshKeyPurpose = "RefreshKey.v1";

    // A payload begins with the magic number 09 F0 C9 F0 and the id of its ring key
    // (ASP.NET Core documentation, "Authenticated encryption details: protected payload format").
    private const int MagicBytes = 4;
    private const int KeyIdBytes = 16;

    public (byte[] Ciphertext, Guid KeyId) Protect(string purpose, Guid owner, byte[] plain)
    {
        var ciphertext = For(purpose, owner).Protect(plain);
        return (ciphertext, new(ciphertext.AsSpan(MagicBytes, KeyIdBytes)));
    }

    /// <summary>Null when the payload was altered, belongs to another row, or its ring key is gone.</summary>
    public async Task<byte[]?> UnprotectAsync(
        string purpose,
        Guid owner,
        byte[] ciphertext,
        CancellationToken cancellationToken
    )
    {
        var protector = For(purpose, owner);
        if (TryUnprotect(protector, ciphertext) is { } plain)
        {
            return plain;
        }

        // Another replica may have made the key a moment ago: only a ring that is up to date can say no.
        await ring.CatchUpAsync(cancellationToken);
        return TryUnprotect(protector, ciphertext);
    }

    private static byte[]? TryUnprotect(IDataProtector protector, byte[] ciphertext)
    {
        try
        {
            return protector.Unprotect(ciphertext);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(string purpose, Guid owner) => provider.CreateProtector(purpose, owner.ToString("N"));
}
