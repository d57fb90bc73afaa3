using System.Text.Json;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>Asks for certain entries, those of many users in one request. One whose list is refused harms nobody else.</summary>
internal sealed class EntrySearch(AniListGateway gateway, TimeProvider clock, Lane lane, ListOwner? owner)
{
    private readonly Queue<IReadOnlyList<EntryQuestion>> _waiting = new();
    private readonly List<RemoteEntry> _entries = [];
    private readonly List<EntryKey> _absent = [];
    private readonly List<EntryKey> _unanswered = [];
    private readonly Dictionary<EntryKey, AniListFailure> _refused = [];
    private AniListFailure? _failure;
    private TimeSpan? _retryAfter;
    private AnswerTime _time = new(clock.GetUtcNow(), null);

    public async Task<FoundEntries> FindAsync(IEnumerable<EntryKey> keys, CancellationToken cancellationToken)
    {
        foreach (var questions in EntryQuestion.For(keys).Chunk(EntryQuestion.MostInOne))
        {
            _waiting.Enqueue(questions);
        }

        while (_failure is null && _waiting.TryDequeue(out var questions))
        {
            await AskAsync(questions, cancellationToken);
        }

        _unanswered.AddRange(_waiting.SelectMany(questions => questions).SelectMany(question => question.Keys));
        return new()
        {
            Entries = _entries,
            Absent = _absent,
            Refused = _refused,
            Unanswered = _unanswered,
            Failure = _failure,
            RetryAfter = _retryAfter,
            Time = _time,
        };
    }

    private async Task AskAsync(IReadOnlyList<EntryQuestion> questions, CancellationToken cancellationToken)
    {
        using var answer = (await gateway.SendAsync(EntryQuestion.Write(questions, lane, owner), cancellationToken))!;
        _time = new(clock.GetUtcNow(), answer.Date);
        if (answer.MayBeTooMuch && questions.Sum(question => question.MediaIds.Count) > 1)
        {
            AskInHalves(questions);
            return;
        }

        using var parts = AliasedAnswer.Read(answer.Body);
        var without = Enumerable
            .Range(0, questions.Count)
            .Where(index => parts?.DataOf(index) is not { } data || !TryRead(questions[index], data))
            .ToList();
        if (without.Count == 0)
        {
            return;
        }

        if (parts is not { IsRefusal: true })
        {
            _unanswered.AddRange(without.SelectMany(index => questions[index].Keys));
            _failure = answer.Failure ?? AniListFailure.Broken;
            _retryAfter = answer.RetryAfter;
            return;
        }

        var (blamed, again) = parts.Judge(without);
        foreach (var (index, error) in blamed)
        {
            foreach (var key in questions[index].Keys)
            {
                _refused[key] = error.Failure;
            }
        }

        foreach (var indexes in again)
        {
            _waiting.Enqueue([.. indexes.Select(index => questions[index])]);
        }
    }

    private bool TryRead(EntryQuestion question, JsonElement page)
    {
        try
        {
            var hasMore = page.Member("pageInfo")?.Flag("hasNextPage") ?? throw RemoteJson.Wrong("pageInfo");
            var read = RemoteEntryReader.Read(page.Items("mediaList"), asOwner: owner is not null);
            var found = read
                .Entries.Where(entry => entry.UserId == question.UserId)
                .GroupBy(entry => entry.MediaId)
                .ToDictionary(same => same.Key, same => same.First());
            foreach (var key in question.Keys)
            {
                if (found.TryGetValue(key.MediaId, out var entry))
                {
                    _entries.Add(entry);
                }
                else
                {
                    // It may be the one that could not be read.
                    (hasMore || read.Skipped > 0 ? _unanswered : _absent).Add(key);
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private void AskInHalves(IReadOnlyList<EntryQuestion> questions)
    {
        var halves = questions is [var one]
            ? one
                .MediaIds.Chunk((one.MediaIds.Count + 1) / 2)
                .Select(mediaIds => new[] { one with { MediaIds = mediaIds } })
            : questions.Chunk((questions.Count + 1) / 2);
        foreach (var half in halves)
        {
            _waiting.Enqueue(half);
        }
    }
}
