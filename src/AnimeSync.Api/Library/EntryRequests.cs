using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Library;

/// <summary>Carries out a request that changes one entry: once for each Idempotency-Key, and only as its conditions say.</summary>
internal sealed class EntryRequests(LibraryWriter writer, IdempotentRequests idempotent)
{
    /// <param name="order">Null when there is nothing that it could change.</param>
    /// <param name="edit">The body; null for a request without one.</param>
    public async Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> AnswerAsync(
        HttpRequest request,
        Guid userId,
        EntryOrder? order,
        EntryEdit? edit,
        CancellationToken cancellationToken
    )
    {
        if (!EntryCondition.TryRead(request, out var condition))
        {
            return Problems.MalformedRequest.ToResult("If-Match or If-None-Match cannot be read.");
        }

        var key = IdempotentRequests.KeyOf(request, out var isKeyValid);
        if (!isKeyValid)
        {
            return Problems.MalformedRequest.ToResult("An Idempotency-Key has 1 to 128 ASCII characters.");
        }

        if (order is null)
        {
            return Problems.NotFound.ToResult();
        }

        var conditional = order with
        {
            Decide = (list, state) =>
                condition.Holds(state.Fields)
                    ? order.Decide(list, state)
                    : new EntryDecision.Refuse(new EntryRefusal.NotAsExpected()),
        };
        var once = key is null ? null : new IdempotentRequest(key, idempotent.HashOf(request, edit));
        return await WriteAsync(userId, conditional, once, cancellationToken);
    }

    private async Task<Results<EntryAnswer, KeptAnswerResult, NoContent, ProblemHttpResult>> WriteAsync(
        Guid userId,
        EntryOrder order,
        IdempotentRequest? once,
        CancellationToken cancellationToken
    )
    {
        // Of the same request sent twice at once, the second one waits here until the first one's answer is kept.
        await using var transaction = await writer.BeginAsync(userId, cancellationToken);
        if (once is not null && await idempotent.FindAsync(userId, once, cancellationToken) is { } kept)
        {
            return kept.Request.AsSpan().SequenceEqual(once.Hash)
                ? new KeptAnswerResult(kept)
                : Problems.IdempotencyKeyReused.ToResult();
        }

        var outcome = (await transaction.CarryOutAsync([order], cancellationToken))[0];
        if (outcome.Refusal is { } refusal)
        {
            return EntryRefusals.ToResult(refusal, outcome.State, transaction.List.ScoreFormat);
        }

        var answer = AnswerTo(outcome, transaction.List.ScoreFormat);
        if (once is not null)
        {
            idempotent.Keep(userId, once, answer);
        }

        await transaction.CommitAsync(cancellationToken);
        return answer is not null ? answer : TypedResults.NoContent();
    }

    /// <returns>Null for an entry that is gone.</returns>
    private static EntryAnswer? AnswerTo(EntryOutcome outcome, ScoreFormat format) =>
        EntryResponse.Of(outcome.State, format) is { } entry
            ? new EntryAnswer(entry, EntryCondition.TagOf(outcome.State.Fields!), outcome.IsCreated)
            : null;
}
