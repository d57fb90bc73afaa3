using System.Text.Json;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Finds every media object in a folder of recorded AniList answers; of several of one id the richest wins.</summary>
internal static class RecordedAnswers
{
    public static Dictionary<int, Facts> Read(string folder)
    {
        var found = new Dictionary<int, Facts>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            Collect(document.RootElement, found);
        }

        foreach (var media in found.Values)
        {
            CompleteRankings(media);
        }

        return found;
    }

    /// <summary>JSON as the values GraphQL's scalars take: integers as int where they fit, objects as facts.</summary>
    public static object? Value(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .ToDictionary(member => member.Name, member => Value(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number when element.TryGetInt32(out var number) => number,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    // A rank must have a format, and it is the title's own; a client that did not ask for it recorded none.
    private static void CompleteRankings(Facts media)
    {
        foreach (var rank in (media.GetValueOrDefault("rankings") as List<object?> ?? []).OfType<Facts>())
        {
            rank.TryAdd("format", media.GetValueOrDefault("format"));
        }
    }

    private static void Collect(JsonElement element, Dictionary<int, Facts> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, found);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (IsMedia(element))
            {
                Merge((Facts)Value(element)!, found);
            }

            foreach (var member in element.EnumerateObject())
            {
                Collect(member.Value, found);
            }
        }
    }

    // Threads and reviews have titles too, but only a media's title is an object.
    private static bool IsMedia(JsonElement element) =>
        element.TryGetProperty("title", out var title)
        && title.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.Number;

    private static void Merge(Facts recorded, Dictionary<int, Facts> found)
    {
        // What depends on who asked is not a fact about the title.
        recorded.Remove("mediaListEntry");
        recorded.Remove("isFavourite");
        var id = MediaCatalogue.IdOf(recorded);
        if (!found.TryGetValue(id, out var known))
        {
            found[id] = recorded;
            return;
        }

        var (richer, poorer) = Weight(known) >= Weight(recorded) ? (known, recorded) : (recorded, known);
        foreach (var (name, value) in poorer)
        {
            richer[name] = Join(richer.GetValueOrDefault(name), value);
        }

        found[id] = richer;
    }

    private static object? Join(object? richer, object? poorer)
    {
        if (richer is Facts kept && poorer is Facts other)
        {
            foreach (var (name, value) in other)
            {
                kept[name] = Join(kept.GetValueOrDefault(name), value);
            }
        }

        return richer ?? poorer;
    }

    private static int Weight(object? value) =>
        value switch
        {
            Facts facts => 1 + facts.Values.Sum(Weight),
            List<object?> list => 1 + list.Sum(Weight),
            null => 0,
            _ => 1,
        };
}
