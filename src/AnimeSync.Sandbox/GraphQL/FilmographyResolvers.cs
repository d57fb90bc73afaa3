using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using AnimeSync.Sandbox.People;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The titles of a character, of somebody on the staff, of a studio.</summary>
internal sealed class FilmographyResolvers(MediaCatalogue catalogue, UserLists lists, PeopleIndex people)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Character.media"] = context =>
            Titles(context, people.AppearancesOf(IdOf(context)), casting => casting.MediaId, RoleEdge);
        resolvers["Staff.characterMedia"] = context =>
            Titles(context, people.VoicesOf(IdOf(context)), casting => casting.MediaId, RoleEdge);
        resolvers["Staff.staffMedia"] = context =>
            Titles(
                context,
                people.CreditsOf(IdOf(context)),
                credit => credit.MediaId,
                credit =>
                    new()
                    {
                        ["id"] = credit.Id,
                        ["node"] = catalogue.Find(credit.MediaId),
                        ["staffRole"] = credit.Role,
                    }
            );
        resolvers["Staff.characters"] = Characters;
        resolvers["Studio.media"] = StudioTitles;
    }

    private static int IdOf(IResolveFieldContext context) => (int)((Facts)context.Source!)["id"]!;

    private Facts RoleEdge(Casting casting) =>
        new()
        {
            ["casting"] = casting,
            ["id"] = casting.Id,
            ["node"] = catalogue.Find(casting.MediaId),
            ["characterRole"] = casting.Role,
            ["characters"] = new List<object?> { people.Character(casting.CharacterId) },
        };

    private Facts StudioTitles(IResolveFieldContext context)
    {
        var productions = people.ProductionsOf(IdOf(context));
        if (context.IsGiven("isMain"))
        {
            productions = productions.Where(production => production.IsMain == context.Given<bool>("isMain"));
        }

        return Titles(
            context,
            productions,
            production => production.MediaId,
            production =>
                new()
                {
                    ["id"] = production.Id,
                    ["node"] = catalogue.Find(production.MediaId),
                    ["isMainStudio"] = production.IsMain,
                }
        );
    }

    private Facts Characters(IResolveFieldContext context)
    {
        var voices = people.VoicesOf(IdOf(context)).GroupBy(casting => casting.CharacterId);
        object? Key(IGrouping<int, Casting> roles, string name) =>
            name switch
            {
                "ID" => roles.Key,
                "ROLE" => roles.Min(casting => casting.Rank),
                _ => people.Character(roles.Key)?.GetValueOrDefault("favourites"),
            };
        return Connections.Page(
            context,
            Ordering.By(voices, context.GivenNames("sort"), Key),
            roles =>
                new()
                {
                    ["id"] = roles.First().Id,
                    ["node"] = people.Character(roles.Key),
                    ["role"] = roles.MinBy(casting => casting.Rank)!.Role,
                    ["media"] = roles.Select(casting => (object?)catalogue.Find(casting.MediaId)).ToList(),
                }
        );
    }

    private Facts Titles<T>(
        IResolveFieldContext context,
        IEnumerable<T> parts,
        Func<T, int> titleOf,
        Func<T, Facts> toEdge
    )
    {
        var type = context.Given<string>("type");
        var viewer = Call.Of(context).Viewer;
        bool? onList = context.IsGiven("onList") && viewer is not null ? context.Given<bool>("onList") : null;
        var wanted =
            from part in parts
            where type is null || (string?)catalogue.Find(titleOf(part))!["type"] == type
            where onList is null || lists.Find(viewer!.Id, titleOf(part)) is not null == onList
            select part;
        return Connections.Page(
            context,
            Ordering.By(
                wanted,
                context.GivenNames("sort"),
                (part, name) => MediaFilter.SortKey(catalogue.Find(titleOf(part))!, name)
            ),
            toEdge
        );
    }
}
