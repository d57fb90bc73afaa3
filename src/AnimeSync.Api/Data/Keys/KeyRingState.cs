namespace AnimeSync.Api.Data.Keys;

/// <summary>What readiness asks: does the ring still open its canary? The answer is kept for some seconds.</summary>
internal sealed class KeyRingState(IServiceScopeFactory scopes, KeyRingCanaryCheck canary, TimeProvider clock)
{
    private static readonly TimeSpan _kept = TimeSpan.FromSeconds(5);

    private volatile Answer? _last;

    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && clock.GetElapsedTime(last.AskedAt) < _kept)
        {
            return last.IsOpen;
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        var isOpen = await canary.OpensAsync(database, cancellationToken);
        _last = new(isOpen, clock.GetTimestamp());
        return isOpen;
    }

    private sealed record Answer(bool IsOpen, long AskedAt);
}
