using AnimeSync.AniList.Gateway;
using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Data;
using AnimeSync.Api.Hosting;
using AnimeSync.Api.Limits;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Account;

internal sealed class AccountService(
    AnimeSyncDbContext db,
    SessionService sessions,
    OpenedCredentials openedCredentials,
    UserCounters counters,
    AniListGateway gateway,
    AniListOptions aniList,
    TimeProvider clock
)
{
    // Most urgent first.
    private static readonly int[] _warningDays = [1, 7, 30];

    public async Task<AccountResponse?> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        var found = await (
            from user in db.Users.AsNoTracking()
            where user.Id == userId
            join credential in db.AniListCredentials on user.Id equals credential.UserId into credentials
            from credential in credentials.DefaultIfEmpty()
            select new
            {
                User = user,
                ExpiresAt = (DateTimeOffset?)credential!.ExpiresAt,
                credential.RelinkRequiredSince,
            }
        ).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new(
                found.User.Id,
                found.User.Name,
                found.User.AvatarUrl,
                found.User.CreatedAt,
                Link(found.User.AniListId, found.ExpiresAt, found.RelinkRequiredSince)
            );
    }

    /// <summary>Ends the sessions everywhere, then removes every row that names the person, in one transaction.</summary>
    public async Task<AccountErasedResponse> EraseAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = await db.NowAsync(cancellationToken);
        // The row's lock keeps a sign-in that is under way from adding a session after the last look.
        await db
            .Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.LastSignedInAt, now), cancellationToken);
        await sessions.EndAllAsync(userId, now, cancellationToken);
        await EraseListAsync(userId, cancellationToken);
        await db.AuthorizationCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.AniListCredentials.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Users.Where(row => row.Id == userId).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        openedCredentials.Forget(userId);
        await counters.EraseAsync(userId);
        await gateway.EraseCallerAsync(userId);
        await db.ScrubAsync(CancellationToken.None);
        return new(new Uri(aniList.BaseUrl, "/settings/apps"));
    }

    private async Task EraseListAsync(Guid userId, CancellationToken cancellationToken)
    {
        await db.PendingChanges.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.History.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.KeptAnswers.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.ListEntries.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserLists.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

    private AniListLinkResponse Link(int aniListId, DateTimeOffset? expiresAt, DateTimeOffset? relinkSince)
    {
        var left = expiresAt - clock.GetUtcNow();
        if (left is null || left <= TimeSpan.Zero || relinkSince is not null)
        {
            return new(aniListId, AniListLinkState.RelinkRequired, expiresAt, null);
        }

        int? within = _warningDays.Cast<int?>().FirstOrDefault(days => left <= TimeSpan.FromDays(days!.Value));
        return new(aniListId, within is null ? AniListLinkState.Linked : AniListLinkState.Expiring, expiresAt, within);
    }
}
