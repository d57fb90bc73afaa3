namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Who stands in a title's connections.</summary>
internal static class Credits
{
    /// <summary>The characters, staff or studios of a title, from its edges or, where only they are known, its nodes.</summary>
    public static IEnumerable<Facts> Nodes(Facts media, string connection)
    {
        var found = media.GetValueOrDefault(connection) as Facts;
        var fromEdges = Items(found, "edges").Select(edge => edge.GetValueOrDefault("node")).OfType<Facts>();
        return fromEdges.Concat(Items(found, "nodes")).Where(HasId).DistinctBy(node => node["id"]);
    }

    public static IEnumerable<(Facts Actor, int? CharacterId)> VoiceActors(Facts media) =>
        from edge in Items(media.GetValueOrDefault("characters") as Facts, "edges")
        let character = CharacterOf(edge)
        from actor in Items(edge, "voiceActors")
        where HasId(actor)
        select (actor, character);

    private static int? CharacterOf(Facts edge) =>
        edge.GetValueOrDefault("node") is Facts node && node.GetValueOrDefault("id") is int id ? id : null;

    private static bool HasId(Facts facts) => facts.GetValueOrDefault("id") is int;

    private static IEnumerable<Facts> Items(Facts? facts, string member) =>
        (facts?.GetValueOrDefault(member) as IEnumerable<object?>)?.OfType<Facts>() ?? [];
}
