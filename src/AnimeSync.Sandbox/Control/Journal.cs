namespace AnimeSync.Sandbox.Control;

/// <summary>
/// One GraphQL request as the sandbox saw it. <c>Fields</c> are the root fields. A value, so that ten thousand of them
/// are one block of memory and not ten thousand objects that outlive their request.
/// </summary>
public readonly record struct JournalEntry(
    DateTimeOffset At,
    string? Operation,
    IReadOnlyList<string> Fields,
    string? User,
    int? Complexity,
    int Status,
    bool Limited,
    bool Authorization,
    string? Referer,
    string? UserAgent
);

public sealed record JournalResponse(int Total, IReadOnlyList<JournalEntry> Requests);

/// <summary>Remembers every GraphQL request, so that a test can say "exactly one upstream call".</summary>
internal sealed class Journal
{
    // A load test must not fill the memory; the total still counts everything.
    private const int Kept = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<JournalEntry> entries = new();
    private int total;

    public void Add(JournalEntry entry)
    {
        lock (gate)
        {
            total++;
            entries.Enqueue(entry);
            if (entries.Count > Kept)
            {
                entries.Dequeue();
            }
        }
    }

    public JournalResponse Read()
    {
        lock (gate)
        {
            return new(total, [.. entries]);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            total = 0;
            entries.Clear();
        }
    }
}
