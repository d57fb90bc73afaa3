using System.Text.Json.Serialization;
using AnimeSync.AniList;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Library;

/// <param name="MediaId">AniList's id of the title.</param>
/// <param name="Score">In the person's own score format; 0 for none.</param>
/// <param name="Media">Null when nothing is known of the title yet.</param>
public sealed record EntryResponse(
    int MediaId,
    ListStatus Status,
    double Score,
    int Progress,
    int Repeat,
    int Priority,
    bool Private,
    string? Notes,
    bool HiddenFromStatusLists,
    IReadOnlyList<string> CustomLists,
    FuzzyDate? StartedAt,
    FuzzyDate? CompletedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    SyncState Sync,
    EntryMedia? Media
)
{
    /// <returns>Null when the title is not on the list.</returns>
    internal static EntryResponse? Of(EntryState state, ScoreFormat format) =>
        state is { Fields: not null, Row: { } row } ? Of(row, state.Title, state.Pending, format) : null;

    internal static EntryResponse Of(ListEntry row, ListTitle? title, PendingChange? pending, ScoreFormat format) =>
        new(
            row.MediaId,
            row.Fields.Status,
            Scores.Show(row.Fields.Score, format),
            row.Fields.Progress,
            row.Fields.Repeat,
            row.Fields.Priority,
            row.Fields.Private,
            row.Fields.Notes,
            row.Fields.HiddenFromStatusLists,
            [.. row.Fields.CustomLists],
            row.Fields.StartedAt,
            row.Fields.CompletedAt,
            row.CreatedAt,
            row.UpdatedAt,
            pending is null ? SyncState.Synced
                : pending.Refusal is null ? SyncState.Pending
                : SyncState.Rejected,
            title is null ? null : EntryMedia.Of(title)
        );
}

/// <summary>Whether AniList has an entry as it is here.</summary>
[JsonConverter(typeof(NamedEnumConverter<SyncState>))]
public enum SyncState
{
    [JsonStringEnumMemberName("synced")]
    Synced,

    /// <summary>It will be sent.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>AniList does not want it so, and the person has to decide.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}

/// <param name="Format">AniList's MediaFormat.</param>
/// <param name="Status">AniList's MediaStatus.</param>
/// <param name="Season">AniList's MediaSeason.</param>
public sealed record EntryMedia(
    EntryMediaTitle Title,
    string? Format,
    string? Status,
    string? Season,
    int? SeasonYear,
    int? Episodes,
    EntryMediaAiring? NextAiringEpisode,
    string? CoverImage,
    bool IsAdult
)
{
    internal static EntryMedia Of(ListTitle title) =>
        new(
            new(title.Romaji, title.English, title.Native),
            title.Format,
            title.Status,
            title.Season,
            title.SeasonYear,
            title.Episodes,
            title is { NextEpisode: { } episode, NextEpisodeAt: { } at } ? new(episode, at) : null,
            title.CoverImage,
            title.IsAdult
        );
}

public sealed record EntryMediaTitle(string? Romaji, string? English, string? Native);

public sealed record EntryMediaAiring(int Episode, DateTimeOffset AiringAt);

/// <param name="NextCursor">For the next page; null on the last one.</param>
public sealed record EntryPage(IReadOnlyList<EntryResponse> Items, string? NextCursor);

/// <param name="NextCursor">To be kept: what changes later comes after it.</param>
/// <param name="HasMore">Whether there are later changes already.</param>
public sealed record EntryChangesResponse(IReadOnlyList<ChangedEntry> Items, string NextCursor, bool HasMore);

/// <param name="Entry">As it is now; null when it was deleted.</param>
public sealed record ChangedEntry(int MediaId, EntryResponse? Entry);

/// <param name="Id">Names the change, to undo it.</param>
/// <param name="Undoes">The change that this one undid.</param>
/// <param name="Before">What the changed fields were, scores raw; null when there was no entry.</param>
/// <param name="After">What they became; null when the entry was deleted.</param>
public sealed record HistoryResponse(
    long Id,
    int MediaId,
    DateTimeOffset At,
    ChangeOrigin Origin,
    long? Undoes,
    System.Text.Json.JsonElement? Before,
    System.Text.Json.JsonElement? After
);

public sealed record HistoryPage(IReadOnlyList<HistoryResponse> Items, string? NextCursor);
