using Microsoft.Extensions.Caching.Memory;

namespace AnimeSync.Api.Data;

/// <summary>
/// Keeps a busy caller's opened AniList token for a second, so that a burst of requests costs one read and one
/// decryption. Sign-in, refusal and erasure forget it at once here; other replicas within that second.
/// </summary>
internal sealed class OpenedCredentials(IServiceScopeFactory scopes) : IDisposable
{
    private static readonly TimeSpan _life = TimeSpan.FromSeconds(1);
    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <inheritdoc cref="AniListCredentialStore.FindTokenAsync"/>
    public async ValueTask<string?> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (_tokens.Get<string>(userId) is { } opened)
        {
            return opened;
        }

        await using var scope = scopes.CreateAsyncScope();
        var token = await Store(scope).FindTokenAsync(userId, cancellationToken);
        if (token is not null)
        {
            _tokens.Set(
                userId,
                token,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = _life }
            );
        }

        return token;
    }

    /// <inheritdoc cref="AniListCredentialStore.RequireRelinkAsync"/>
    public async Task RefuseAsync(Guid userId, string token, CancellationToken cancellationToken)
    {
        Forget(userId);
        await using var scope = scopes.CreateAsyncScope();
        await Store(scope).RequireRelinkAsync(userId, token, cancellationToken);
    }

    public void Forget(Guid userId) => _tokens.Remove(userId);

    public void Dispose() => _tokens.Dispose();

    private static AniListCredentialStore Store(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<AniListCredentialStore>();
}
