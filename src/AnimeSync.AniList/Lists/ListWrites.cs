using System.Text.Json;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// Changes somebody's anime list at AniList, with their token and in the lane of writes. What AniList does is told, never
/// thrown; what a caller throws before sending is. A request is sent once: what became of a lost one only a read can tell.
/// </summary>
public sealed class ListWrites(AniListGateway gateway, TimeProvider clock)
{
    /// <summary>Entries that go in one request.</summary>
    public const int MostSaves = 10;

    /// <summary>
    /// Saves entries in one request; in further ones only when AniList refuses some, so that the others do not suffer.
    /// </summary>
    /// <param name="saves">At most <see cref="MostSaves"/>, each of another title.</param>
    /// <param name="before">When it throws, so does this, and every save counts as lost.</param>
    /// <returns>What became of each, by the title's id.</returns>
    public Task<IReadOnlyDictionary<int, WriteResult>> SaveAsync(
        ListOwner owner,
        IReadOnlyList<EntrySave> saves,
        CancellationToken cancellationToken,
        BeforeSaving? before = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(saves.Count, MostSaves);
        if (saves.DistinctBy(save => save.MediaId).Count() < saves.Count)
        {
            throw new ArgumentException("A title is there twice.", nameof(saves));
        }

        return new EntrySaving(gateway, clock, owner, before).SaveAsync(saves, cancellationToken);
    }

    /// <summary>Deletes an entry. One that is not there is refused with <see cref="AniListFailure.NotFound"/>.</summary>
    /// <param name="entryId">The entry's own, not its title's.</param>
    public Task<WriteResult> DeleteAsync(
        ListOwner owner,
        int entryId,
        CancellationToken cancellationToken,
        BeforeSending? before = null
    ) =>
        ChangeAsync(
            owner,
            ListQuestion.BodyOf(ListDocuments.Delete, new() { ["id"] = entryId }),
            data =>
                data.Member("DeleteMediaListEntry") is not { } answer ? null
                : answer.Flag("deleted") == true ? new(WriteOutcome.Done)
                : new(WriteOutcome.Refused) { Failure = AniListFailure.NotFound },
            before,
            cancellationToken
        );

    /// <summary>Marks a title as a favourite, or takes the mark away: AniList flips it, so look before.</summary>
    public Task<WriteResult> ToggleFavouriteAsync(
        ListOwner owner,
        int mediaId,
        CancellationToken cancellationToken,
        BeforeSending? before = null
    ) =>
        ChangeAsync(
            owner,
            ListQuestion.BodyOf(ListDocuments.ToggleFavourite, new() { ["animeId"] = mediaId }),
            data => data.Member("ToggleFavourite") is null ? null : new(WriteOutcome.Done),
            before,
            cancellationToken
        );

    private async Task<WriteResult> ChangeAsync(
        ListOwner owner,
        byte[] body,
        Func<JsonElement, WriteResult?> read,
        BeforeSending? before,
        CancellationToken cancellationToken
    )
    {
        var isSent = false;
        using var answer = await gateway.SendAsync(
            new(
                Lane.Writes,
                owner.Asker,
                async token =>
                {
                    TimeSpan? within = before is null ? null : await before(token);
                    isSent = true;
                    return new(body, within);
                }
            )
            {
                OpenToken = owner.OpenToken,
                IsChange = true,
            },
            cancellationToken
        );
        if (answer is null)
        {
            return new(WriteOutcome.Withdrawn);
        }

        var result = answer.Failure is null
            ? ListQuestion.ReadData(answer.Body, read) ?? new(WriteOutcome.Lost) { Failure = AniListFailure.Broken }
            : FailureOf(answer, answer.Failure.Value, isSent);
        return result with { RetryAfter = answer.RetryAfter, Time = new(clock.GetUtcNow(), answer.Date) };
    }

    private static WriteResult FailureOf(GatewayAnswer answer, AniListFailure failure, bool isSent)
    {
        using var parts = AliasedAnswer.Read(answer.Body);
        return parts is { IsRefusal: true, Errors: [var first, ..] }
            ? new(WriteOutcome.Refused) { Failure = first.Failure, Refusals = first.Arguments }
            : new(isSent ? OutcomeOf(failure) : WriteOutcome.NotSent) { Failure = failure };
    }

    /// <summary>Of a request that was sent and has no answer that says.</summary>
    internal static WriteOutcome OutcomeOf(AniListFailure failure) =>
        failure
            is AniListFailure.InvalidToken
                or AniListFailure.Unauthorized
                or AniListFailure.RateLimited
                or AniListFailure.Disabled
                or AniListFailure.Complexity
            ? WriteOutcome.NotSent
            : WriteOutcome.Lost;
}
