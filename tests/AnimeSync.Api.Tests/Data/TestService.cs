using AnimeSync.Api.Data;
using AnimeSync.Api.Data.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnimeSync.Api.Tests.Data;

/// <summary>One process as far as its data goes: database, key ring and what runs before it serves.</summary>
internal sealed class TestService : IAsyncDisposable
{
    public const string FirstSecret = "qR7vK2mX9sLd4TfWb8YcZ1HnJ6pGa3Ue-one";
    public const string SecondSecret = "Zx5NbV0cQw8ErT3yUi6OpA1sDf4GhJ7k-two";

    private readonly IHost _host;

    private TestService(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public static TestService Build(
        DatabaseOptions database,
        string secret = FirstSecret,
        string[]? previous = null,
        string environment = "Production"
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddData(database);
        builder.Services.AddKeyRing(new(RingSecret.From(secret), [.. (previous ?? []).Select(RingSecret.From)]));
        return new(builder.Build());
    }

    public static async Task<TestService> StartAsync(
        DatabaseOptions database,
        string secret = FirstSecret,
        string[]? previous = null,
        string environment = "Production"
    )
    {
        var service = Build(database, secret, previous, environment);
        try
        {
            await service._host.StartAsync(TestContext.Current.CancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs in a scope of its own, as a request does.</summary>
    public async Task<T> InScopeAsync<T>(Func<AnimeSyncDbContext, AniListCredentialStore, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(
            scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>(),
            scope.ServiceProvider.GetRequiredService<AniListCredentialStore>()
        );
    }

    public Task InScopeAsync(Func<AnimeSyncDbContext, AniListCredentialStore, Task> work) =>
        InScopeAsync<object?>(
            async (database, credentials) =>
            {
                await work(database, credentials);
                return null;
            }
        );

    public async Task<Guid> AddUserAsync(int aniListId, string? token = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7();
        await InScopeAsync(
            async (database, credentials) =>
            {
                database.Users.Add(
                    new()
                    {
                        Id = id,
                        AniListId = aniListId,
                        Name = $"user{aniListId}",
                        CreatedAt = now,
                        LastSignedInAt = now,
                    }
                );
                await database.SaveChangesAsync();
                if (token is not null)
                {
                    await credentials.StoreAsync(id, token, now.AddDays(365), CancellationToken.None);
                }
            }
        );
        return id;
    }

    public async Task<Guid> AddSessionAsync(Guid userId, byte[] key)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7();
        var protector = Services.GetRequiredService<RowProtector>();
        var (ciphertext, keyId) = protector.Protect(RowProtector.RefreshKeyPurpose, id, key);
        await InScopeAsync(
            (database, _) =>
            {
                database.Sessions.Add(
                    new()
                    {
                        Id = id,
                        UserId = userId,
                        ClientId = "animesync-mobile",
                        Counter = 1,
                        ConfirmedCounter = 0,
                        ConfirmedAt = now,
                        ProtectedKey = ciphertext,
                        KeyId = keyId,
                        CreatedAt = now,
                        LastUsedAt = now,
                    }
                );
                return database.SaveChangesAsync();
            }
        );
        return id;
    }

    public Task<string?> FindTokenAsync(Guid userId) =>
        InScopeAsync((_, credentials) => credentials.FindTokenAsync(userId, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
