namespace AnimeSync.AniList.Gateway;

/// <summary>
/// One request of this service's own making, such as background work's. It is answered by AniList alone: nothing that was
/// kept is shown, nothing is kept of it, and it goes with nobody else's.
/// </summary>
/// <param name="Asker">Whose turn it takes while requests wait: a user of this service, or one id for all shared work.</param>
/// <param name="Write">
/// What to send, asked for when the turn has come and again before every further try; null when there is nothing to send
/// any more. What it throws is thrown to whoever asked.
/// </param>
public sealed record DirectRequest(Lane Lane, Guid Asker, Func<CancellationToken, ValueTask<DirectRequestBody?>> Write)
{
    /// <summary>The asker's AniList token; null when there is none that works. Without this the request goes without one.</summary>
    public Func<CancellationToken, ValueTask<string?>>? OpenToken { get; init; }

    /// <summary>Whether it changes the asker's data. Then it is not sent again after a lost answer, as a read is once.</summary>
    public bool IsChange { get; init; }
}

/// <param name="Json">An operation with its variables.</param>
/// <param name="Within">
/// From now until the answer must be there, where that is less than for every request; nothing is sent when it is over.
/// </param>
public readonly record struct DirectRequestBody(ReadOnlyMemory<byte> Json, TimeSpan? Within = null);
