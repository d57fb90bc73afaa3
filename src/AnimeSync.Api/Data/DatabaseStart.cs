using AnimeSync.Api.Data.Keys;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Data;

/// <summary>Nothing is served, and nothing encrypted, before the schema is current and the key ring is open.</summary>
internal sealed class DatabaseStart(IServiceScopeFactory scopes, DatabaseOptions options, KeyRingGuard guard)
    : IHostedLifecycleService
{
    private Task? _ready;

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => _ready ??= PrepareAsync(cancellationToken);

    // Runs before every StartAsync, and so before the sockets open and before DataProtection looks for its ring.
    public Task StartingAsync(CancellationToken cancellationToken) => EnsureReadyAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.MigratesAtStart)
        {
            await SchemaMigration.RunAsync(options, cancellationToken);
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
            await SchemaMigration.RequireCurrentAsync(database, cancellationToken);
            await using var maintenance = await database.LockMaintenanceAsync(cancellationToken);
            await guard.OpenAsync(database, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Describe(exception) is { } fault)
        {
            throw new StartupRefusedException($"The start was refused: {fault}");
        }
    }
}
