using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using AnimeSync.Api.Data;
using AspNet.Security.OAuth.AniList;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>What happens on this side of AniList: a pending sign-in before, a user and a one-time code after.</summary>
internal sealed class SignInService(
    AnimeSyncDbContext db,
    AniListCredentialStore credentials,
    OpenedCredentials openedCredentials
)
{
    /// <summary>How long a person may take at AniList.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<Guid> BeginAsync(AuthorizeRequest request, CancellationToken cancellationToken)
    {
        var now = await db.NowAsync(cancellationToken);
        var pending = new PendingSignIn
        {
            Id = Guid.CreateVersion7(now),
            ClientId = request.Client.Id,
            RedirectUri = request.RedirectUri,
            ClientState = request.State,
            CodeChallenge = request.CodeChallenge,
            CreatedAt = now,
        };
        db.PendingSignIns.Add(pending);
        await db.SaveChangesAsync(cancellationToken);
        return pending.Id;
    }

    /// <summary>Takes the pending sign-in away; of several callbacks with one state exactly one gets it.</summary>
    public async Task<PendingSignIn?> ConsumeAsync(Guid id, CancellationToken cancellationToken)
    {
        var pending = await db
            .PendingSignIns.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        var taken = await db.PendingSignIns.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        return taken == 1 && pending is not null && await IsFreshAsync(pending, cancellationToken) ? pending : null;
    }

    /// <summary>Signs the AniList user in, by id, and returns the code for the client to exchange.</summary>
    public async Task<string> CompleteAsync(
        PendingSignIn pending,
        ClaimsPrincipal viewer,
        string aniListToken,
        CancellationToken cancellationToken
    )
    {
        var aniListId = int.Parse(viewer.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        var now = await db.NowAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var userId = await EnsureUserAsync(aniListId, now, cancellationToken);
        // The update holds the user's row, so that two sign-ins of one new user store one credential.
        await db
            .Users.Where(row => row.Id == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(u => u.LastSignedInAt, now), cancellationToken);
        var user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        user.Name = viewer.FindFirstValue(ClaimTypes.Name) is { } name && IsText(name, 64) ? name : user.Name;
        user.AvatarUrl =
            viewer.FindFirstValue(AniListAuthenticationConstants.Claims.AvatarUrl) is { } avatar
            && Uri.TryCreate(avatar, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            && IsText(avatar, 512)
                ? avatar
                : null;
        await credentials.StoreAsync(userId, aniListToken, AniListTokenExpiry.Of(aniListToken, now), cancellationToken);

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.AuthorizationCodes.Add(
            new()
            {
                CodeHash = Hash(code),
                UserId = userId,
                ClientId = pending.ClientId,
                RedirectUri = pending.RedirectUri,
                CodeChallenge = pending.CodeChallenge,
                CreatedAt = now,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        openedCredentials.Forget(userId);
        return code;
    }

    public static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private async Task<bool> IsFreshAsync(PendingSignIn pending, CancellationToken cancellationToken) =>
        await db.NowAsync(cancellationToken) - pending.CreatedAt <= Patience;

    private async Task<Guid> EnsureUserAsync(int aniListId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindUserAsync(aniListId, cancellationToken) is { } known)
        {
            return known;
        }

        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            AniListId = aniListId,
            Name = string.Create(CultureInfo.InvariantCulture, $"user {aniListId}"),
            CreatedAt = now,
            LastSignedInAt = now,
        };
        db.Users.Add(user);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return user.Id;
        }
        catch (DbUpdateException)
        {
            // Two first sign-ins at once: the unique AniList id let one row in, and that one is ours too. The transaction
            // is back at the savepoint that EF set before the insert.
            db.Entry(user).State = EntityState.Detached;
            if (await FindUserAsync(aniListId, cancellationToken) is { } raced)
            {
                return raced;
            }

            throw;
        }
    }

    private async Task<Guid?> FindUserAsync(int aniListId, CancellationToken cancellationToken) =>
        await db
            .Users.Where(row => row.AniListId == aniListId)
            .Select(row => (Guid?)row.Id)
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Fits its column; U+0000 fits none of PostgreSQL's.</summary>
    private static bool IsText(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl);
}
