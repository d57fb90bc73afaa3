using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

/// <summary>
/// Moves everything to a fresh ring key and to the current SECRET_KEY while the service runs. Every step may be
/// interrupted and run again: a row is replaced only if it is still the one that was read.
/// </summary>
internal sealed class KeyRotation(
    IServiceScopeFactory scopes,
    RingKeyManager keys,
    RingDecryptor decryptor,
    RingEncryptor encryptor,
    IKeyRingProvider ring,
    KeyRingWatch watch,
    RowReencryption rows,
    TimeProvider clock
)
{
    /// <summary>Replicas look at the ring's table once per interval; the second one is for a slow answer.</summary>
    private static readonly TimeSpan _untilSeen = 2 * KeyRingWatch.Interval;

    /// <summary>A rotation that was cut off goes on with the key it had made, if that was this short a time ago.</summary>
    private static readonly TimeSpan _resumable = TimeSpan.FromHours(1);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var rewrapped = await RewrapAsync(cancellationToken);
        var target = await FreshKeyAsync(cancellationToken);
        var counts = await rows.RunAsync(target, cancellationToken);
        // A replica that still wrote under the older secret may have added a key meanwhile.
        rewrapped += await RewrapAsync(cancellationToken);
        return $"Ring keys closed with the current SECRET_KEY: {rewrapped}. {counts}";
    }

    private async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        var all = await database.DataProtectionKeys.AsNoTracking().ToListAsync(cancellationToken);
        var stale = all.Select(RingRow.Parse).Where(row => row.IsKey && row.SecretId != encryptor.SecretInUse);
        var count = 0;
        foreach (var row in stale)
        {
            if (row.Rewrap(decryptor, encryptor) is { } xml)
            {
                count += await database
                    .DataProtectionKeys.Where(key => key.Id == row.Row.Id && key.Xml == row.Row.Xml)
                    .ExecuteUpdateAsync(key => key.SetProperty(ringKey => ringKey.Xml, xml), cancellationToken);
            }
        }

        return count;
    }

    private async Task<Guid> FreshKeyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var current = ring.GetCurrentKeyRing().DefaultKeyId;
        var isFresh = keys.GetAllKeys().Any(key => key.KeyId == current && key.CreationDate > now - _resumable);
        if (isFresh && await rows.AreLeftAsync(current, cancellationToken))
        {
            return current;
        }

        var target = keys.AddKey(now, now + KeyRingGuard.KeyLife).KeyId;
        await watch.CatchUpAsync(cancellationToken);
        await Task.Delay(_untilSeen, clock, cancellationToken);
        return target;
    }
}
