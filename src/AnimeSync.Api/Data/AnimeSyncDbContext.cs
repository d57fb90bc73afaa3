using AnimeSync.Api.Auth.Sessions;
using AnimeSync.Api.Auth.SignIn;
using AnimeSync.Api.Library;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AnimeSync.Api.Data;

/// <summary>One model for both databases; what they do differently is a method of the subclass.</summary>
internal abstract class AnimeSyncDbContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<User> Users => Set<User>();
    public DbSet<AniListCredential> AniListCredentials => Set<AniListCredential>();
    public DbSet<PendingSignIn> PendingSignIns => Set<PendingSignIn>();
    public DbSet<AuthorizationCode> AuthorizationCodes => Set<AuthorizationCode>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();
    public DbSet<UserList> UserLists => Set<UserList>();
    public DbSet<ListEntry> ListEntries => Set<ListEntry>();
    public DbSet<HistoryItem> History => Set<HistoryItem>();
    public DbSet<PendingChange> PendingChanges => Set<PendingChange>();
    public DbSet<ListTitle> ListTitles => Set<ListTitle>();
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<KeyRingCanary> KeyRingCanaries => Set<KeyRingCanary>();

    /// <summary>The database's clock: the one time that all replicas share.</summary>
    public abstract Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);

    /// <summary>Reads a session and keeps others from changing it until the open transaction ends.</summary>
    public abstract Task<Session?> LockSessionAsync(Guid sessionId, CancellationToken cancellationToken);

    /// <summary>Reads a person's list and keeps others from changing anything of it until the open transaction ends.</summary>
    /// <returns>Null when the person has none yet.</returns>
    public abstract Task<UserList?> LockListAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Holds everybody else out of schema and key-ring changes until it is disposed of.</summary>
    public abstract Task<IAsyncDisposable> LockMaintenanceAsync(CancellationToken cancellationToken);

    /// <summary>Undoes what a process that was killed while migrating left in the way; needs the maintenance lock.</summary>
    public abstract Task ForgetAbandonedMigrationAsync(CancellationToken cancellationToken);

    /// <summary>After an erasure has committed: also what the files still hold of deleted rows goes.</summary>
    public abstract Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>EF answers a query with the copy it already has, whose values are from before the lock.</summary>
    protected void Forget(Guid sessionId)
    {
        if (Sessions.Local.FindEntry(sessionId) is { } older)
        {
            older.State = EntityState.Detached;
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(user =>
        {
            user.HasIndex(row => row.AniListId).IsUnique();
            user.Property(row => row.Name).HasMaxLength(64);
            user.Property(row => row.AvatarUrl).HasMaxLength(512);
        });
        modelBuilder.Entity<AniListCredential>(credential =>
        {
            credential.HasKey(row => row.UserId);
            credential.HasOne<User>().WithOne().HasForeignKey<AniListCredential>(row => row.UserId);
            credential.HasIndex(row => row.KeyId);
        });
        modelBuilder.Entity<PendingSignIn>(signIn =>
        {
            signIn.HasIndex(row => row.CreatedAt);
            signIn.Property(row => row.ClientId).HasMaxLength(64);
            signIn.Property(row => row.RedirectUri).HasMaxLength(512);
            signIn.Property(row => row.ClientState).HasMaxLength(1024);
            signIn.Property(row => row.CodeChallenge).HasMaxLength(43);
        });
        modelBuilder.Entity<AuthorizationCode>(code =>
        {
            code.HasKey(row => row.CodeHash);
            code.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            code.HasIndex(row => row.CreatedAt);
            code.Property(row => row.ClientId).HasMaxLength(64);
            code.Property(row => row.RedirectUri).HasMaxLength(512);
            code.Property(row => row.CodeChallenge).HasMaxLength(43);
        });
        modelBuilder.Entity<Session>(session =>
        {
            session.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            session.HasIndex(row => row.LastUsedAt);
            session.HasIndex(row => row.KeyId);
            session.Property(row => row.ClientId).HasMaxLength(64);
            session.Property(row => row.UserAgent).HasMaxLength(256);
        });
        LibraryTables.Add(modelBuilder);
        modelBuilder.Entity<EndedSession>(ended => ended.HasIndex(row => row.EndedAt));
        modelBuilder.Entity<KeyRingCanary>(canary => canary.Property(row => row.Id).ValueGeneratedNever());
    }
}
