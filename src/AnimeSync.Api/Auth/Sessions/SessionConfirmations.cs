using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AnimeSync.Api.Auth.Sessions;

/// <summary>
/// Notes on the session's row, once per process and counter, that something issued with the counter has been used:
/// from then on the refresh token before it is no longer a lost answer but a replay.
/// </summary>
internal sealed class SessionConfirmations(IServiceScopeFactory scopes) : IDisposable
{
    private static readonly MemoryCacheEntryOptions _entry = new()
    {
        Size = 1,
        SlidingExpiration = AuthOptions.LongestAccessToken,
    };
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    public async Task ConfirmAsync(Guid sessionId, int counter, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(sessionId, out int seen) && seen >= counter)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        var behind = db.Sessions.Where(row => row.Id == sessionId && row.ConfirmedCounter < counter);
        if (await behind.AnyAsync(cancellationToken))
        {
            var now = await db.NowAsync(cancellationToken);
            await behind.ExecuteUpdateAsync(
                row => row.SetProperty(s => s.ConfirmedCounter, counter).SetProperty(s => s.ConfirmedAt, now),
                cancellationToken
            );
        }

        _seen.Set(sessionId, counter, _entry);
    }

    public void Dispose() => _seen.Dispose();
}
