using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.People;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Favourites of all five kinds: reading, marking and ordering them.</summary>
internal sealed class FavouriteResolvers(MediaCatalogue catalogue, UserAccounts accounts, PeopleIndex people)
{
    private const int MostPerPage = 25;

    private static readonly (string Kind, string Type, string Argument)[] Kinds =
    [
        ("anime", "Media", "anime"),
        ("manga", "Media", "manga"),
        ("characters", "Character", "character"),
        ("staff", "Staff", "staff"),
        ("studios", "Studio", "studio"),
    ];

    private readonly FavouriteNodes nodes = new(catalogue, people);

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Mutation.ToggleFavourite"] = Toggle;
        resolvers["Mutation.UpdateFavouriteOrder"] = Reorder;
        resolvers["User.favourites"] = context =>
            Of((int)((Facts)context.Source!)["id"]!, context.GivenInt("page") ?? 1);
        foreach (var (kind, type, _) in Kinds)
        {
            resolvers[$"Favourites.{kind}"] = context => Read(context, kind);
            resolvers[$"{type}.isFavourite"] = context => IsFavourite(context, type);
        }
    }

    private static Facts Of(int userId, int page) => new() { ["userId"] = userId, ["page"] = page };

    private Facts Toggle(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var named = (
            from kind in Kinds
            let id = context.GivenInt($"{kind.Argument}Id")
            where id is not null
            select (kind.Kind, kind.Argument, Id: id.Value)
        ).ToList();
        foreach (var (kind, argument, id) in named)
        {
            if (nodes.Find(kind, id) is null)
            {
                throw AniListError.Invalid($"{argument}Id", $"The selected {argument} id is invalid.");
            }
        }

        accounts.Change(
            viewer.Id,
            user =>
                user with
                {
                    Favourites = named.Aggregate(user.Favourites, (marked, item) => marked.Toggle(item.Kind, item.Id)),
                }
        );
        return Of(viewer.Id, 1);
    }

    private Facts Reorder(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        accounts.Change(
            viewer.Id,
            user =>
                user with
                {
                    Favourites = Kinds.Aggregate(
                        user.Favourites,
                        (marked, kind) =>
                            marked.Reorder(
                                kind.Kind,
                                Numbers(context, $"{kind.Argument}Ids"),
                                Numbers(context, $"{kind.Argument}Order")
                            )
                    ),
                }
        );
        return Of(viewer.Id, 1);
    }

    private static List<int> Numbers(IResolveFieldContext context, string argument) =>
        context.Given<IEnumerable<object?>>(argument)?.OfType<int>().ToList() ?? [];

    private Facts Read(IResolveFieldContext context, string kind)
    {
        var source = (Facts)context.Source!;
        var owner = accounts.Find((int)source["userId"]!)!;
        var slice = new PageSlice(
            Math.Max(1, context.GivenInt("page") ?? (int)source["page"]!),
            Math.Clamp(context.GivenInt("perPage") ?? MostPerPage, 1, MostPerPage)
        );
        var edges = slice.Take(
            from item in owner.Favourites.Of(kind).Index()
            let node = nodes.Find(kind, item.Item)
            where node is not null
            select new Facts { ["node"] = node, ["favouriteOrder"] = item.Index + 1 }
        );
        return new()
        {
            ["edges"] = edges.ToList<object?>(),
            ["nodes"] = edges.Select(edge => edge["node"]).ToList(),
            ["pageInfo"] = slice.Info(),
        };
    }

    private bool IsFavourite(IResolveFieldContext context, string type)
    {
        var id = (int)((Facts)context.Source!)["id"]!;
        var marked = Call.Of(context).Viewer is { } viewer ? accounts.Find(viewer.Id)!.Favourites : FavouriteLists.None;
        return Array.Exists(Kinds, kind => kind.Type == type && marked.Contains(kind.Kind, id));
    }
}
