using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AnimeSync.Api.Data.Keys;

/// <summary>The framework's key manager, which also forgets what it read when told to, and never replaces a lost ring.</summary>
internal sealed class RingKeyManager(XmlKeyManager inner) : IKeyManager, IDisposable
{
    private CancellationTokenSource _expiry = new();

    public IReadOnlyCollection<IKey> GetAllKeys() => inner.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() => Volatile.Read(ref _expiry).Token;

    /// <summary>The framework's road to a new key. It leads on from an open ring, and nowhere from a lost one.</summary>
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        if (!GetAllKeys().Any(Opens))
        {
            throw new InvalidOperationException("No key of the ring opens, so no new one is made beside them.");
        }

        return AddKey(activationDate, expirationDate);
    }

    /// <summary>Adds a key on purpose: the first one of an empty database, or a rotation's.</summary>
    public IKey AddKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var key = inner.CreateNewKey(activationDate, expirationDate);
        Expire();
        return key;
    }

    public void RevokeKey(Guid keyId, string? reason = null)
    {
        inner.RevokeKey(keyId, reason);
        Expire();
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null)
    {
        inner.RevokeAllKeys(revocationDate, reason);
        Expire();
    }

    /// <summary>The framework keeps a ring for 24 hours; this makes it read the table again.</summary>
    public void Expire()
    {
        // Not disposed: rings in use still hold its token.
        Interlocked.Exchange(ref _expiry, new()).Cancel();
    }

    public void Dispose() => _expiry.Dispose();

    private static bool Opens(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false;
        }
    }
}
