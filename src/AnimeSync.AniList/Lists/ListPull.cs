using System.Text.Json;
using System.Text.Json.Nodes;
using AnimeSync.AniList.Gateway;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// A walk through somebody's whole list, one request a step, so that its progress can be shown and it can be stopped. After
/// a failed step the next one tries the same again. Not for use by several at once.
/// </summary>
public sealed class ListPull
{
    // Even when each has the longest notes, with every letter escaped, these are fewer bytes than we accept.
    private const int SmallestChunk = 125;

    private readonly ListReads _reads;
    private readonly ListOwner _owner;
    private readonly Lane _lane;
    private readonly HashSet<int> _seen = [];
    private int _perChunk = ListDocuments.PerChunk;
    private int _offset;
    private int _reached;

    internal ListPull(ListReads reads, ListOwner owner, Lane lane) => (_reads, _owner, _lane) = (reads, owner, lane);

    /// <summary>Whether AniList has no more to show.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Whether everything was shown: what is not among it is not on the list, unless it is hidden from all of its parts.
    /// </summary>
    public bool IsComplete => IsOver && Skipped == 0 && _reached < ListDocuments.Cap;

    /// <summary>Different entries so far.</summary>
    public int Seen => _seen.Count;

    /// <summary>Entries so far that made no sense.</summary>
    public int Skipped { get; private set; }

    /// <summary>Reads on.</summary>
    /// <returns>Entries that no step before has returned.</returns>
    public async Task<ListAnswer<RemoteEntries>> NextAsync(CancellationToken cancellationToken)
    {
        if (IsOver)
        {
            throw new InvalidOperationException("There is nothing more to read.");
        }

        var variables = new JsonObject
        {
            ["userId"] = _owner.UserId,
            ["chunk"] = (_offset / _perChunk) + 1,
            ["perChunk"] = _perChunk,
        };
        return await _reads.AskAsync(
            ListQuestion.Read(_lane, _owner, ListDocuments.Chunk, variables),
            Read,
            cancellationToken,
            tooMuch: AskForLess
        );
    }

    private RemoteEntries? Read(JsonElement data)
    {
        if (
            data.Member("MediaListCollection") is not { } collection
            || collection.Flag("hasNextChunk") is not { } hasNext
        )
        {
            return null;
        }

        // One that is in several of the parts is in the answer as often, and one that is hidden in custom lists alone.
        var items = collection.Items("lists").SelectMany(list => list.Items("entries")).ToList();
        var found = RemoteEntryReader.Read(items, asOwner: true);
        if (found.Entries.Any(entry => entry.UserId != _owner.UserId))
        {
            return null;
        }

        var entries = found.Entries.Where(entry => _seen.Add(entry.Id)).ToList();
        Skipped += found.Skipped;
        _reached = _offset + found.Entries.Count + found.Skipped;
        _offset += _perChunk;
        IsOver = !hasNext || _offset >= ListDocuments.Cap;
        if (IsOver && hasNext)
        {
            _reached = ListDocuments.Cap;
        }

        return new(entries, found.Skipped);
    }

    // Notes can be long. A chunk of half the size begins where one of the whole does.
    private void AskForLess() => _perChunk = Math.Max(_perChunk / 2, SmallestChunk);
}
