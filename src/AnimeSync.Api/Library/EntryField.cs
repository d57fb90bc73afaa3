using System.Text.Json;

namespace AnimeSync.Api.Library;

/// <summary>One for each member of <see cref="EntryFields"/>, by the same name.</summary>
internal enum EntryField
{
    Status,
    Score,
    Progress,
    Repeat,
    Priority,
    Private,
    Notes,
    HiddenFromStatusLists,
    CustomLists,
    StartedAt,
    CompletedAt,
}

internal static class EntryFieldNames
{
    private static readonly string[] _names =
    [
        .. Enum.GetNames<EntryField>().Select(JsonNamingPolicy.CamelCase.ConvertName),
    ];

    /// <summary>AniList's name of it, and ours on the wire and in what is stored.</summary>
    public static string WireName(this EntryField field) => _names[(int)field];

    public static EntryField? Find(string wireName) =>
        Array.IndexOf(_names, wireName) is >= 0 and var at ? (EntryField)at : null;
}
