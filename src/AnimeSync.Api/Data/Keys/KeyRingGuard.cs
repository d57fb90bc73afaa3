using AnimeSync.Api.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data.Keys;

/// <summary>
/// Lets a start go on only with the ring that the stored rows were encrypted under. Left alone, DataProtection would
/// answer a lost ring by making a new one, and every AniList token would be unreadable from then on.
/// </summary>
internal sealed class KeyRingGuard(
    RingKeyManager keys,
    RingDecryptor decryptor,
    KeyRingCanaryCheck canary,
    TimeProvider clock
)
{
    /// <summary>How long the framework's own new keys live, too.</summary>
    public static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);

    private const string Restore = "restore the database from a backup that has both (see docs/keys.md).";

    /// <summary>Runs under the maintenance lock, so that two first starts end with one ring.</summary>
    public async Task OpenAsync(AnimeSyncDbContext database, CancellationToken cancellationToken)
    {
        FrameworkVersion.Require();
        var rows = await database.DataProtectionKeys.AsNoTracking().ToListAsync(cancellationToken);
        var ring = rows.Select(RingRow.Parse).Where(row => row.IsKey).ToList();
        var needed = await KeysInUseAsync(database, cancellationToken);
        var hasCanary = await database.KeyRingCanaries.AnyAsync(cancellationToken);
        if (ring.Count > 0)
        {
            RequireOpen(ring, needed);
        }
        else if (hasCanary || needed.Count > 0)
        {
            throw new StartupRefusedException($"The key ring is empty, but rows need it: {Restore}");
        }
        else
        {
            var now = clock.GetUtcNow();
            keys.AddKey(now, now + KeyLife);
        }

        if (!hasCanary && needed.Count > 0)
        {
            throw new StartupRefusedException($"The key ring's canary is missing, but rows need the ring: {Restore}");
        }

        if (!hasCanary)
        {
            await canary.WriteAsync(database, cancellationToken);
        }
        else if (!await canary.OpensAsync(database, cancellationToken))
        {
            throw new StartupRefusedException(
                "The key ring does not open its canary: its rows are not those that the stored tokens need, or "
                    + $"ASPNETCORE_ENVIRONMENT has changed; {Restore}"
            );
        }
    }

    private static async Task<List<Guid>> KeysInUseAsync(
        AnimeSyncDbContext database,
        CancellationToken cancellationToken
    ) =>
        await database
            .AniListCredentials.Select(row => row.KeyId)
            .Union(database.Sessions.Select(row => row.KeyId))
            .ToListAsync(cancellationToken);

    private void RequireOpen(List<RingRow> ring, List<Guid> needed)
    {
        if (ring.Any(row => row.IsPlain))
        {
            throw new StartupRefusedException(
                "The key ring holds a key in plain text, which this service never writes."
            );
        }

        var open = ring.Where(row => row.Opens(decryptor)).Select(row => row.KeyId).ToHashSet();
        if (open.Count == 0)
        {
            throw new StartupRefusedException(
                "SECRET_KEY opens no key of the database's key ring, and neither does any of PREVIOUS_SECRET_KEYS."
            );
        }

        if (needed.Any(id => !open.Contains(id)))
        {
            throw new StartupRefusedException(
                "Rows need a ring key that neither SECRET_KEY nor any of PREVIOUS_SECRET_KEYS opens, or that is gone: "
                    + $"give the secret that closed it, or {Restore}"
            );
        }
    }
}
