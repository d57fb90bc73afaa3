using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>Saves entries of one user. Those that AniList refuses are told apart, and the others go again.</summary>
internal sealed class EntrySaving(AniListGateway gateway, TimeProvider clock, ListOwner owner, BeforeSaving? before)
{
    private readonly Queue<IReadOnlyList<EntrySave>> _waiting = new();
    private readonly Dictionary<int, WriteResult> _results = [];

    // In a request that failed for another's fault, whose part AniList may have carried out before.
    private readonly HashSet<int> _doubtful = [];

    public async Task<IReadOnlyDictionary<int, WriteResult>> SaveAsync(
        IReadOnlyList<EntrySave> saves,
        CancellationToken cancellationToken
    )
    {
        WriteResult? failed = null;
        _waiting.Enqueue(saves);
        while (_waiting.TryDequeue(out var group) && group.Count > 0)
        {
            if (failed is null)
            {
                failed = await SendAsync(group, cancellationToken);
            }
            else
            {
                Conclude(group, failed with { Outcome = WriteOutcome.NotSent });
            }
        }

        return _results;
    }

    /// <returns>Null while it makes sense to go on.</returns>
    private async Task<WriteResult?> SendAsync(IReadOnlyList<EntrySave> planned, CancellationToken cancellationToken)
    {
        IReadOnlyList<EntrySave> sent = [];
        using var answer = await gateway.SendAsync(
            new(
                Lane.Writes,
                owner.Asker,
                async token =>
                {
                    sent = [];
                    var turn = before is null ? new(planned) : await before(planned, token);
                    if (turn is not { Saves.Count: > 0 })
                    {
                        return null;
                    }

                    sent = Checked(turn.Saves, planned);
                    return new(SaveDocument.Write(sent), turn.Within);
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
            Conclude(planned, new(WriteOutcome.Withdrawn));
            return null;
        }

        var time = new AnswerTime(clock.GetUtcNow(), answer.Date);
        if (answer.Failure is { } failure && (sent.Count == 0 || answer.Body.IsEmpty))
        {
            var outcome = sent.Count == 0 ? WriteOutcome.NotSent : ListWrites.OutcomeOf(failure);
            var result = new WriteResult(outcome)
            {
                Failure = failure,
                RetryAfter = answer.RetryAfter,
                Time = time,
            };
            Conclude(planned, result);
            return result;
        }

        Conclude(
            planned.ExceptBy(sent.Select(save => save.MediaId), save => save.MediaId),
            new(WriteOutcome.Withdrawn)
        );
        return Read(sent, answer, time);
    }

    private WriteResult? Read(IReadOnlyList<EntrySave> sent, GatewayAnswer answer, AnswerTime time)
    {
        using var parts = AliasedAnswer.Read(answer.Body);
        var without = new List<int>();
        for (var i = 0; i < sent.Count; i++)
        {
            if (parts?.DataOf(i) is not { } data)
            {
                without.Add(i);
            }
            else
            {
                var entry = RemoteEntryReader.TryRead(data, asOwner: true);
                var isRight = entry?.MediaId == sent[i].MediaId && entry.UserId == owner.UserId;
                _results[sent[i].MediaId] = isRight
                    ? new(WriteOutcome.Done) { Entry = entry, Time = time }
                    : new(WriteOutcome.Lost) { Failure = AniListFailure.Broken, Time = time };
            }
        }

        if (without.Count == 0)
        {
            return null;
        }

        if (parts is not { IsRefusal: true })
        {
            var failure = answer.Failure ?? AniListFailure.Broken;
            var result = new WriteResult(ListWrites.OutcomeOf(failure))
            {
                Failure = failure,
                RetryAfter = answer.RetryAfter,
                Time = time,
            };
            Conclude(without.Select(i => sent[i]), result);
            return result;
        }

        var (blamed, again) = parts.Judge(without);
        foreach (var (i, error) in blamed)
        {
            _results[sent[i].MediaId] = new(WriteOutcome.Refused)
            {
                Failure = error.Failure,
                Refusals = error.Arguments,
                Time = time,
            };
        }

        foreach (var indexes in again)
        {
            List<EntrySave> group = [.. indexes.Select(i => sent[i])];
            _doubtful.UnionWith(group.Select(save => save.MediaId));
            _waiting.Enqueue(group);
        }

        return null;
    }

    private void Conclude(IEnumerable<EntrySave> saves, WriteResult result)
    {
        foreach (var save in saves)
        {
            _results[save.MediaId] = _doubtful.Contains(save.MediaId)
                ? result with
                {
                    Outcome = WriteOutcome.Lost,
                }
                : result;
        }
    }

    private static IReadOnlyList<EntrySave> Checked(IReadOnlyList<EntrySave> saves, IReadOnlyList<EntrySave> planned)
    {
        var titles = planned.Select(save => save.MediaId).ToHashSet();
        return saves.All(save => titles.Remove(save.MediaId))
            ? saves
            : throw new ArgumentException("Only what was planned can be sent, and each title once.", nameof(saves));
    }
}
