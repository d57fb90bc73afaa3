using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.People;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>What can be a favourite, by kind and id.</summary>
internal sealed class FavouriteNodes(MediaCatalogue catalogue, PeopleIndex people)
{
    public Facts? Find(string kind, int id) =>
        kind switch
        {
            "characters" => people.Character(id),
            "staff" => people.StaffMember(id),
            "studios" => people.Studio(id),
            _ => catalogue.Find(id) is { } media && MediaCatalogue.IsAnime(media) == (kind == "anime") ? media : null,
        };
}
