using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>Reads entries as AniList answers them to <see cref="ListDocuments.Entry"/>.</summary>
internal static class RemoteEntryReader
{
    private const int BestScore = 100;

    /// <summary>One that makes no sense is counted and never harms the others.</summary>
    /// <param name="asOwner">Whether the owner's own token was sent, so that nothing was hidden.</param>
    public static RemoteEntries Read(IEnumerable<JsonElement> items, bool asOwner)
    {
        var entries = new OrderedDictionary<int, RemoteEntry>();
        var skipped = 0;
        foreach (var item in items)
        {
            if (TryRead(item, asOwner) is { } entry)
            {
                entries.TryAdd(entry.Id, entry);
            }
            else
            {
                skipped++;
            }
        }

        return new([.. entries.Values], skipped);
    }

    /// <returns>Null for one that makes no sense.</returns>
    public static RemoteEntry? TryRead(JsonElement item, bool asOwner)
    {
        try
        {
            return ReadEntry(item, asOwner);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, written as an escape.
            return null;
        }
    }

    private static RemoteEntry ReadEntry(JsonElement item, bool asOwner)
    {
        var unseen = RemoteFields.None;
        var odd = RemoteFields.None;
        var entry = new RemoteEntry(IdOf(item, "id"), IdOf(item, "userId"), IdOf(item, "mediaId"))
        {
            Status = Seen(StatusOf(item), RemoteFields.Status) ?? MediaListStatus.Planning,
            ScoreRaw = Seen(ScoreOf(item), RemoteFields.Score) ?? 0,
            Progress = Seen(item.Count("progress"), RemoteFields.Progress) ?? 0,
            Repeat = Seen(item.Count("repeat"), RemoteFields.Repeat) ?? 0,
            Priority = Seen(item.Count("priority"), RemoteFields.Priority) ?? 0,
            Private = Seen(item.Flag("private"), RemoteFields.Private) ?? false,
            // Recorded answers to calls without a token have notes, so that null means none to anybody.
            Notes = item.Text("notes") is { Length: > 0 } notes ? notes : null,
            HiddenFromStatusLists =
                Seen(item.Flag("hiddenFromStatusLists"), RemoteFields.HiddenFromStatusLists) ?? false,
            CustomLists = CustomListsOf(item) ?? Hidden(RemoteFields.CustomLists),
            StartedAt = DateOf(item, "startedAt", RemoteFields.StartedAt),
            CompletedAt = DateOf(item, "completedAt", RemoteFields.CompletedAt),
            CreatedAt = item.Time("createdAt"),
            UpdatedAt = item.Time("updatedAt"),
            Media = item.Member("media") is { } media ? ListMediaReader.TryRead(media) : null,
        };
        return entry with { Unseen = unseen, Odd = odd };

        T? Seen<T>(T? value, RemoteFields field)
            where T : struct
        {
            unseen |= value is null ? field : RemoteFields.None;
            return value;
        }

        // To its owner null says that there are no custom lists at all.
        IReadOnlyList<string> Hidden(RemoteFields field)
        {
            unseen |= asOwner ? RemoteFields.None : field;
            return [];
        }

        FuzzyDate? DateOf(JsonElement from, string name, RemoteFields field)
        {
            var date = RemoteDate.Read(from, name, out var isOdd);
            odd |= isOdd ? field : RemoteFields.None;
            return date;
        }
    }

    private static int IdOf(JsonElement item, string name) =>
        item.Count(name) is > 0 and var id ? id : throw RemoteJson.Wrong(name);

    private static MediaListStatus? StatusOf(JsonElement item) =>
        item.Text("status") is { } name ? MediaListStatusNames.Find(name) ?? throw RemoteJson.Wrong("status") : null;

    // AniList's type is a float, even of a score that is whole.
    private static int? ScoreOf(JsonElement item) =>
        item.Member("score") is not { } score ? null
        : score.ValueKind == JsonValueKind.Number && score.TryGetDouble(out var value) && value is >= 0 and <= BestScore
            ? (int)Math.Round(value, MidpointRounding.AwayFromZero)
        : throw RemoteJson.Wrong("score");

    /// <summary>A map of name to whether it is in there; what is empty AniList's server may write as a list.</summary>
    private static List<string>? CustomListsOf(JsonElement item)
    {
        const string Member = "customLists";
        if (item.Member(Member) is not { } lists)
        {
            return null;
        }

        if (lists is { ValueKind: JsonValueKind.Array } && lists.GetArrayLength() == 0)
        {
            return [];
        }

        if (lists.ValueKind != JsonValueKind.Object)
        {
            throw RemoteJson.Wrong(Member);
        }

        return
        [
            .. lists
                .EnumerateObject()
                .Where(list =>
                    list.Value.ValueKind switch
                    {
                        JsonValueKind.True => true,
                        JsonValueKind.False or JsonValueKind.Null => false,
                        _ => throw RemoteJson.Wrong(Member),
                    }
                )
                .Select(list => RemoteJson.WithoutNul(list.Name))
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
