using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.People;

/// <summary>Finds the people and studios that titles carry in their own connections, as recorded answers do.</summary>
internal sealed class RecordedPeople
{
    private int lastEdge = 1_000_000;

    public RecordedPeople(IEnumerable<Facts> titles)
    {
        foreach (var media in titles)
        {
            var mediaId = MediaCatalogue.IdOf(media);
            foreach (var (edge, node) in Edges(media, "characters"))
            {
                Keep(Characters, node);
                var role = edge.GetValueOrDefault("role") as string ?? "SUPPORTING";
                Castings.Add(new(IdOf(edge), mediaId, Id(node), role, Voices(edge)));
            }

            foreach (var (edge, node) in Edges(media, "staff"))
            {
                Keep(Staff, node);
                Credits.Add(new(IdOf(edge), mediaId, Id(node), edge.GetValueOrDefault("role") as string ?? ""));
            }

            foreach (var (edge, node) in Edges(media, "studios"))
            {
                Keep(Studios, node);
                Productions.Add(new(IdOf(edge), mediaId, Id(node), IsMain(edge, node)));
            }
        }
    }

    public Dictionary<int, Facts> Characters { get; } = [];

    public Dictionary<int, Facts> Staff { get; } = [];

    public Dictionary<int, Facts> Studios { get; } = [];

    public List<Casting> Castings { get; } = [];

    public List<Credit> Credits { get; } = [];

    public List<Production> Productions { get; } = [];

    private static bool IsMain(Facts edge, Facts studio) =>
        edge.GetValueOrDefault("isMain") as bool? ?? studio.GetValueOrDefault("isAnimationStudio") as bool? ?? false;

    private List<int> Voices(Facts edge)
    {
        var voices = (edge.GetValueOrDefault("voiceActors") as List<object?> ?? [])
            .OfType<Facts>()
            .Where(voice => voice.GetValueOrDefault("id") is int)
            .ToList();
        foreach (var voice in voices)
        {
            Keep(Staff, voice);
        }

        return [.. voices.Select(Id)];
    }

    private int IdOf(Facts edge) => edge.GetValueOrDefault("id") as int? ?? ++lastEdge;

    private static int Id(Facts facts) => (int)facts["id"]!;

    private static IEnumerable<(Facts Edge, Facts Node)> Edges(Facts media, string name)
    {
        var connection = media.GetValueOrDefault(name) as Facts;
        // A client that asked for nodes alone recorded no edges.
        var edges =
            connection?.GetValueOrDefault("edges") as List<object?>
            ?? (connection?.GetValueOrDefault("nodes") as List<object?>)?.ConvertAll<object?>(node => new Facts
            {
                ["node"] = node,
            })
            ?? [];
        return from edge in edges.OfType<Facts>()
            where edge.GetValueOrDefault("node") is Facts node && node.GetValueOrDefault("id") is int
            select (edge, (Facts)edge["node"]!);
    }

    // The same person is recorded in several places, each with what that client asked for.
    private static void Keep(Dictionary<int, Facts> kept, Facts found)
    {
        if (!kept.TryGetValue(Id(found), out var known))
        {
            kept[Id(found)] = found;
        }
        else if (!ReferenceEquals(known, found) && found.Keys.Any(name => !known.ContainsKey(name)))
        {
            kept[Id(found)] = PeopleIndex.Joined(known, found);
        }
    }
}
