using System.Text.Json.Nodes;

namespace AnimeSync.AniList.Lists;

/// <summary>Writes one document that saves several entries.</summary>
internal static class SaveDocument
{
    private const string Fragments = $"{ListDocuments.Entry}\n{ListDocuments.Media}";

    public static byte[] Write(IReadOnlyList<EntrySave> saves) =>
        ListQuestion.BodyOf(TextOf(saves), VariablesOf(saves));

    internal static string TextOf(IReadOnlyList<EntrySave> saves)
    {
        var declared = saves.SelectMany(
            (save, i) => ArgumentsOf(save).Select(argument => $"${argument.Name}{i}: {argument.Type}")
        );
        return AliasedDocument.Write(
            $"mutation SaveEntries({string.Join(", ", declared)})",
            saves.Select(
                (save, i) =>
                {
                    var given = ArgumentsOf(save).Select(argument => $"{argument.Name}: ${argument.Name}{i}");
                    return $"SaveMediaListEntry({string.Join(", ", given)}) {{ ...Entry ...Title }}";
                }
            ),
            Fragments
        );
    }

    private static JsonObject VariablesOf(IReadOnlyList<EntrySave> saves)
    {
        var variables = new JsonObject();
        foreach (var (i, save) in saves.Index())
        {
            foreach (var (name, _, value) in ArgumentsOf(save))
            {
                variables[$"{name}{i}"] = value;
            }
        }

        return variables;
    }

    private static IEnumerable<(string Name, string Type, JsonNode? Value)> ArgumentsOf(EntrySave save)
    {
        // AniList finds an entry by its title as well; both at once are one too many.
        yield return save.EntryId is { } id ? ("id", "Int", id) : ("mediaId", "Int", save.MediaId);
        if (save.Status is { } status)
        {
            yield return ("status", "MediaListStatus", status.WireName());
        }

        foreach (
            var (name, number) in new[]
            {
                ("scoreRaw", save.ScoreRaw),
                ("progress", save.Progress),
                ("repeat", save.Repeat),
                ("priority", save.Priority),
            }
        )
        {
            if (number is { } value)
            {
                yield return (name, "Int", value);
            }
        }

        foreach (
            var (name, flag) in new[]
            {
                ("private", save.Private),
                ("hiddenFromStatusLists", save.HiddenFromStatusLists),
            }
        )
        {
            if (flag is { } value)
            {
                yield return (name, "Boolean", value);
            }
        }

        if (save.Notes is { } notes)
        {
            yield return ("notes", "String", notes);
        }

        if (save.CustomLists is { } lists)
        {
            yield return ("customLists", "[String]", new JsonArray([.. lists.Select(list => (JsonNode)list)]));
        }

        foreach (var (name, date) in new[] { ("startedAt", save.StartedAt), ("completedAt", save.CompletedAt) })
        {
            if (date is { Date: var value })
            {
                yield return (name, "FuzzyDateInput", InputOf(value));
            }
        }
    }

    // Parts that are not known are sent as such, or the ones from before would stay.
    private static JsonObject InputOf(FuzzyDate? date) =>
        new()
        {
            ["year"] = date?.Year,
            ["month"] = date?.Month,
            ["day"] = date?.Day,
        };
}
