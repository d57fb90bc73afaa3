using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

internal sealed class UserResolvers(MediaCatalogue catalogue, UserAccounts accounts, UserLists lists)
{
    private const int MostFavouritesPerPage = 25;

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        // The token names the user; the account is read anew, since it may have changed during this request.
        resolvers["Query.Viewer"] = context => accounts.Find(Call.ViewerOf(context).Id)!.ToFacts(true);
        resolvers["Query.User"] = context => Search(context).FirstOrDefault() ?? throw AniListError.NotFound();
        resolvers["Page.users"] = context => ((PageSlice)context.Source!).Take(Search(context));
        resolvers["User.favourites"] = context => new Facts { ["userId"] = ((Facts)context.Source!)["id"] };
        resolvers["User.statistics"] = context => Statistics((int)((Facts)context.Source!)["id"]!);
        resolvers["Favourites.anime"] = context => Favourites(context, "ANIME");
        resolvers["Favourites.manga"] = context => Favourites(context, "MANGA");
        foreach (var kind in (string[])["characters", "staff", "studios"])
        {
            resolvers[$"Favourites.{kind}"] = _ => new Facts
            {
                ["edges"] = new List<object?>(),
                ["nodes"] = new List<object?>(),
            };
        }
    }

    private IEnumerable<Facts> Search(IResolveFieldContext context)
    {
        var id = context.GivenInt("id");
        var name = context.Given<string>("name");
        var search = context.Given<string>("search");
        var viewer = Call.Of(context).Viewer?.Id;
        return from user in accounts.All
            where id is null || user.Id == id
            where name is null || string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase)
            where search is null || user.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
            select user.ToFacts(user.Id == viewer);
    }

    private Facts Favourites(IResolveFieldContext context, string type)
    {
        var owner = accounts.Find((int)((Facts)context.Source!)["userId"]!)!;
        var slice = new PageSlice(
            Math.Max(1, context.GivenInt("page") ?? 1),
            Math.Clamp(context.GivenInt("perPage") ?? MostFavouritesPerPage, 1, MostFavouritesPerPage)
        );
        var media = slice.Take(
            owner.Favourites.Select(catalogue.Find).OfType<Facts>().Where(found => (string?)found["type"] == type)
        );
        return new()
        {
            ["nodes"] = media.ToList<object?>(),
            ["edges"] = media
                .Select((found, index) => new Facts { ["node"] = found, ["favouriteOrder"] = index + 1 })
                .ToList<object?>(),
            ["pageInfo"] = slice.Info(),
        };
    }

    private Facts Statistics(int userId) =>
        new() { ["anime"] = Statistics(userId, "ANIME"), ["manga"] = Statistics(userId, "MANGA") };

    private Facts Statistics(int userId, string type)
    {
        // Planned titles do not count, on AniList neither.
        var counted = lists
            .Of(userId)
            .Where(entry => entry.Status != "PLANNING" && (string?)catalogue.Find(entry.MediaId)?["type"] == type)
            .ToList();
        var scores = counted.Select(entry => entry.Score).Where(score => score > 0).ToList();
        var mean = scores.Count == 0 ? 0 : scores.Average();
        var minutes = counted.Sum(entry =>
            entry.Progress * (catalogue.Find(entry.MediaId)?.GetValueOrDefault("duration") as int? ?? 0)
        );
        var progress = counted.Sum(entry => entry.Progress);
        return new()
        {
            ["count"] = counted.Count,
            ["meanScore"] = Math.Round(mean, 2),
            ["standardDeviation"] =
                scores.Count == 0
                    ? 0
                    : Math.Round(Math.Sqrt(scores.Average(score => (score - mean) * (score - mean))), 2),
            ["minutesWatched"] = type == "ANIME" ? minutes : 0,
            ["episodesWatched"] = type == "ANIME" ? progress : 0,
            ["chaptersRead"] = type == "MANGA" ? progress : 0,
            ["volumesRead"] = counted.Sum(entry => entry.ProgressVolumes ?? 0),
        };
    }
}
