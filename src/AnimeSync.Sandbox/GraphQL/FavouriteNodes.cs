using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What can be a favourite, by kind and id. People and studios are found at the titles they worked on.</summary>
internal sealed class FavouriteNodes(MediaCatalogue catalogue)
{
    private readonly Lazy<Dictionary<(string Kind, int Id), Facts>> credited = new(() => Credited(catalogue));

    public Facts? Find(string kind, int id) =>
        kind switch
        {
            "anime" or "manga" => catalogue.Find(id) is { } media && MediaCatalogue.IsAnime(media) == (kind == "anime")
                ? media
                : null,
            _ => credited.Value.GetValueOrDefault((kind, id)),
        };

    private static Dictionary<(string Kind, int Id), Facts> Credited(MediaCatalogue catalogue)
    {
        var found = new Dictionary<(string Kind, int Id), Facts>();
        foreach (var media in catalogue.All)
        {
            foreach (var kind in (string[])["characters", "staff", "studios"])
            {
                foreach (var node in Credits.Nodes(media, kind))
                {
                    found.TryAdd((kind, (int)node["id"]!), node);
                }
            }

            foreach (var actor in Credits.VoiceActors(media).Select(credit => credit.Actor))
            {
                found.TryAdd(("staff", (int)actor["id"]!), actor);
            }
        }

        return found;
    }
}
