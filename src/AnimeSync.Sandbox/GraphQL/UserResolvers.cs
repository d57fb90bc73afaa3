using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using AnimeSync.Sandbox.Statistics;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Accounts, as their owner and as others see them. A stranger's private account does not seem to be there.</summary>
internal sealed class UserResolvers(MediaCatalogue catalogue, UserAccounts accounts, UserLists lists)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        // The token names the user; the account is read anew, since it may have changed during this request.
        resolvers["Query.Viewer"] = context => accounts.Find(Call.ViewerOf(context).Id)!.ToFacts(true);
        resolvers["Query.User"] = context => Search(context).FirstOrDefault() ?? throw AniListError.NotFound();
        resolvers["Page.users"] = context => ((PageSlice)context.Source!).Take(Search(context));
        resolvers["User.avatar"] = context => AvatarOf(Call.Of(context), IdOf(context));
        resolvers["User.bannerImage"] = context =>
            $"{Call.Of(context).BaseUrl}{ProfilePictures.BannerOf(IdOf(context))}";
    }

    private static int IdOf(IResolveFieldContext context) => (int)((Facts)context.Source!)["id"]!;

    private IEnumerable<Facts> Search(IResolveFieldContext context)
    {
        var id = context.GivenInt("id");
        var name = context.Given<string>("name");
        var search = context.Given<string>("search");
        var viewer = Call.Of(context).Viewer?.Id;
        var found =
            from user in accounts.All
            where !user.IsPrivate || user.Id == viewer
            where id is null || user.Id == id
            where name is null || string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase)
            where search is null || user.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
            // None of the sample users moderates.
            where context.Given<bool?>("isModerator") is not true
            select user;
        return Ordering.By(found, context.GivenNames("sort"), SortKey).Select(user => user.ToFacts(user.Id == viewer));
    }

    private object? SortKey(SandboxUser user, string name) =>
        name switch
        {
            "USERNAME" or "SEARCH_MATCH" => user.Name,
            "WATCHED_TIME" => ListStatistics.Of(lists, catalogue, user.Id, "ANIME").MinutesWatched,
            "CHAPTERS_READ" => ListStatistics.Of(lists, catalogue, user.Id, "MANGA").ChaptersRead,
            _ => user.Id,
        };

    public static Facts AvatarOf(Call call, int userId)
    {
        var address = $"{call.BaseUrl}{ProfilePictures.AvatarOf(userId)}";
        return new() { ["large"] = address, ["medium"] = address };
    }
}
