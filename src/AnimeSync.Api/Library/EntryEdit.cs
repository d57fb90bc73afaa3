using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.AniList;

namespace AnimeSync.Api.Library;

/// <summary>
/// What a request wants of an entry. A member that is left out stays as it is; null, where it is allowed, clears. The members
/// are set one by one while JSON is read, which is how those left out are told from the rest.
/// </summary>
public sealed class EntryEdit
{
    private EntryFieldSet _named;

    public ListStatus Status
    {
        get;
        set => field = Named(EntryField.Status, value);
    }

    /// <summary>In the person's own score format; 0 for none.</summary>
    public double Score
    {
        get;
        set => field = Named(EntryField.Score, value);
    }

    /// <summary>Episodes watched, up to the last one there is.</summary>
    public int Progress
    {
        get;
        set => field = Named(EntryField.Progress, value);
    }

    /// <summary>How often it was watched again, 0 to 1000.</summary>
    public int Repeat
    {
        get;
        set => field = Named(EntryField.Repeat, value);
    }

    /// <summary>0 to 255.</summary>
    public int Priority
    {
        get;
        set => field = Named(EntryField.Priority, value);
    }

    public bool Private
    {
        get;
        set => field = Named(EntryField.Private, value);
    }

    /// <summary>At most 6000 characters; null or an empty text for none.</summary>
    public string? Notes
    {
        get;
        set => field = Named(EntryField.Notes, value);
    }

    public bool HiddenFromStatusLists
    {
        get;
        set => field = Named(EntryField.HiddenFromStatusLists, value);
    }

    /// <summary>All the custom lists to be in, by name, in any order.</summary>
    public IReadOnlyList<string> CustomLists
    {
        get;
        set => field = Named(EntryField.CustomLists, value);
    } = [];

    /// <summary>YYYY, YYYY-MM or YYYY-MM-DD; null for none.</summary>
    public FuzzyDate? StartedAt
    {
        get;
        set => field = Named(EntryField.StartedAt, value);
    }

    /// <inheritdoc cref="StartedAt"/>
    public FuzzyDate? CompletedAt
    {
        get;
        set => field = Named(EntryField.CompletedAt, value);
    }

    internal EntryFieldSet Fields => _named;

    /// <param name="current">Null to make a new entry, which is PLANNING unless the edit says otherwise.</param>
    /// <param name="format">The person's own.</param>
    /// <param name="today">In the person's own time zone.</param>
    /// <returns>
    /// The entry as wanted, with what follows from it (<see cref="EntryProgress.Follow"/>) and not yet held to
    /// <see cref="EntryRules"/>; or what makes no sense, and then the score as it was.
    /// </returns>
    internal (EntryFields Fields, FieldProblem? Problem) Apply(
        EntryFields? current,
        ScoreFormat format,
        DateOnly today
    ) => On(current ?? EntryFields.Default(ListStatus.Planning), current, format, today);

    /// <summary>The same, but what the edit leaves out becomes as in a new entry.</summary>
    internal (EntryFields Fields, FieldProblem? Problem) Replace(
        EntryFields? current,
        ScoreFormat format,
        DateOnly today
    ) => On(EntryFields.Default(ListStatus.Planning), current, format, today);

    private (EntryFields Fields, FieldProblem? Problem) On(
        EntryFields rest,
        EntryFields? current,
        ScoreFormat format,
        DateOnly today
    )
    {
        var score = Fields.Contains(EntryField.Score) ? Scores.Enter(Score, format, current?.Score ?? 0) : rest.Score;
        var wanted = rest.With(Fields, Values(score ?? rest.Score));
        var problem = score is null ? new FieldProblem(EntryField.Score, "Not a score of your score format.") : null;
        return (EntryProgress.Follow(current, wanted, Fields, today), problem);
    }

    private EntryFields Values(int rawScore) =>
        new()
        {
            Status = Status,
            Score = rawScore,
            Progress = Progress,
            Repeat = Repeat,
            Priority = Priority,
            Private = Private,
            Notes = Notes,
            HiddenFromStatusLists = HiddenFromStatusLists,
            CustomLists = CustomListNames.From(CustomLists),
            StartedAt = StartedAt,
            CompletedAt = CompletedAt,
        };

    private T Named<T>(EntryField named, T value)
    {
        _named = _named.With(named);
        return value;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EntryEdit))]
[JsonSerializable(typeof(EntryResponse))]
[JsonSerializable(typeof(EntryPage))]
[JsonSerializable(typeof(EntryChangesResponse))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(CustomListsResponse))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class LibraryJson : JsonSerializerContext;
