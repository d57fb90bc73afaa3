using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>How somebody keeps their anime list.</summary>
/// <param name="UserId">AniList's id of the token's owner.</param>
/// <param name="ScoreFormat">AniList's word, which may be one that is new; null when it does not say.</param>
/// <param name="CustomLists">The names of all there are, in the owner's order.</param>
public sealed record ListOptions(int UserId, string Name, string? ScoreFormat, IReadOnlyList<string> CustomLists)
{
    internal static ListOptions? Read(JsonElement viewer)
    {
        if (viewer.Count("id") is not { } id || viewer.Text("name") is not { } name)
        {
            return null;
        }

        var options = viewer.Member("mediaListOptions");
        var names = options?.Member("animeList")?.Member("customLists") is { } lists
            ? lists
                .EnumerateArray()
                .Where(list => list.ValueKind == JsonValueKind.String)
                .Select(list => RemoteJson.WithoutNul(list.GetString()!))
            : [];
        return new(id, name, options?.Text("scoreFormat"), [.. names.Distinct(StringComparer.Ordinal)]);
    }
}
