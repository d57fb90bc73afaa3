using System.Diagnostics;
using AnimeSync.AniList;

namespace AnimeSync.Api.Library;

/// <summary>What a person can set on an entry of an anime list, in AniList's words; equal when equal in every field.</summary>
internal sealed record EntryFields
{
    public const int BestScore = 100;
    public const int MostRepeats = 1000;
    public const int HighestPriority = 255;

    /// <summary>In UTF-16 units.</summary>
    public const int LongestNotes = 6000;

    public ListStatus Status { get; init; } = ListStatus.Planning;

    /// <summary>Raw: 0 to 100 whatever format the person sees it in, 0 for none.</summary>
    public int Score { get; init; }

    /// <summary>How many episodes were watched, this time when <see cref="Status"/> is REPEATING.</summary>
    public int Progress { get; init; }

    /// <summary>How often it was watched again to the end, 0 to 1000.</summary>
    public int Repeat { get; init; }

    /// <summary>0 to 255.</summary>
    public int Priority { get; init; }

    public bool Private { get; init; }

    /// <summary>Null for none: AniList answers an empty text or null for the same thing.</summary>
    public string? Notes
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? null : value;
    }

    public bool HiddenFromStatusLists { get; init; }

    public CustomListNames CustomLists { get; init; }

    /// <summary>Null for none, and for what AniList holds but no <see cref="FuzzyDate"/> can say.</summary>
    public FuzzyDate? StartedAt { get; init; }

    /// <inheritdoc cref="StartedAt"/>
    public FuzzyDate? CompletedAt { get; init; }

    public object? this[EntryField field] =>
        field switch
        {
            EntryField.Status => Status,
            EntryField.Score => Score,
            EntryField.Progress => Progress,
            EntryField.Repeat => Repeat,
            EntryField.Priority => Priority,
            EntryField.Private => Private,
            EntryField.Notes => Notes,
            EntryField.HiddenFromStatusLists => HiddenFromStatusLists,
            EntryField.CustomLists => CustomLists,
            EntryField.StartedAt => StartedAt,
            EntryField.CompletedAt => CompletedAt,
            _ => throw new UnreachableException(),
        };

    /// <summary>What AniList makes of a new entry of which nothing but the status is said.</summary>
    public static EntryFields Default(ListStatus status) => new() { Status = status };

    /// <summary>What <see cref="ToJson"/> wrote; a field that was not known then is as in a new entry.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is anything else.</exception>
    public static EntryFields FromJson(string json) => EntryPatch.FromJson(json).Values;

    public string ToJson() => EntryPatch.Whole(this).ToJson();

    public bool Differs(EntryField field, EntryFields from) => !Equals(this[field], from[field]);

    public EntryFieldSet DifferencesFrom(EntryFields other) =>
        Equals(other) ? EntryFieldSet.None : [.. EntryFieldSet.All.Where(field => Differs(field, other))];

    /// <summary>This, with the one field as <paramref name="from"/> has it.</summary>
    public EntryFields With(EntryField field, EntryFields from) =>
        field switch
        {
            EntryField.Status => this with { Status = from.Status },
            EntryField.Score => this with { Score = from.Score },
            EntryField.Progress => this with { Progress = from.Progress },
            EntryField.Repeat => this with { Repeat = from.Repeat },
            EntryField.Priority => this with { Priority = from.Priority },
            EntryField.Private => this with { Private = from.Private },
            EntryField.Notes => this with { Notes = from.Notes },
            EntryField.HiddenFromStatusLists => this with { HiddenFromStatusLists = from.HiddenFromStatusLists },
            EntryField.CustomLists => this with { CustomLists = from.CustomLists },
            EntryField.StartedAt => this with { StartedAt = from.StartedAt },
            EntryField.CompletedAt => this with { CompletedAt = from.CompletedAt },
            _ => throw new UnreachableException(),
        };

    public EntryFields With(EntryFieldSet fields, EntryFields from) =>
        fields == EntryFieldSet.All ? from : fields.Aggregate(this, (changed, field) => changed.With(field, from));
}
