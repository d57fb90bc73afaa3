using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Recommendations: of a title, of everybody, and what the viewer thinks of them.</summary>
internal sealed class RecommendationResolvers(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    CommunityMembers community,
    TimeProvider clock
)
{
    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Recommendation"] = context =>
            Search(context).Select(ToFacts).FirstOrDefault() ?? throw AniListError.NotFound();
        resolvers["Page.recommendations"] = context =>
            ((PageSlice)context.Source!).Take(Search(context)).ConvertAll(ToFacts);
        resolvers["Media.recommendations"] = OfTitle;
        resolvers["Recommendation.userRating"] = context =>
            Call.Of(context).Viewer is { } viewer && Of(context) is { } recommendation
                ? recommendation.Ratings.GetValueOrDefault(viewer.Id, "NO_RATING")
                : "NO_RATING";
        resolvers["Recommendation.user"] = context =>
            Of(context) is { } found ? accounts.Find(found.UserId)?.ToFacts(seenByOwner: false) : null;
        resolvers["Mutation.SaveRecommendation"] = Save;
    }

    private static Recommendation? Of(IResolveFieldContext context) =>
        ((Facts)context.Source!).GetValueOrDefault("post") as Recommendation;

    private Facts ToFacts(Recommendation recommendation) =>
        new()
        {
            ["post"] = recommendation,
            ["id"] = recommendation.Id,
            ["rating"] = recommendation.Rating,
            ["media"] = catalogue.Find(recommendation.MediaId),
            ["mediaRecommendation"] = catalogue.Find(recommendation.OtherMediaId),
        };

    private IEnumerable<Recommendation> Search(IResolveFieldContext context)
    {
        var found = community
            .Posts.All<Recommendation>()
            .Where(recommendation => catalogue.Find(recommendation.MediaId) is not null)
            .Where(recommendation => catalogue.Find(recommendation.OtherMediaId) is not null);
        foreach (var (argument, value) in context.AllGiven())
        {
            found = argument switch
            {
                "id" => found.Where(recommendation => recommendation.Id == (int)value),
                "mediaId" => found.Where(recommendation => recommendation.MediaId == (int)value),
                "onList" when Call.Of(context).Viewer is { } viewer => found.Where(recommendation =>
                    lists.Find(viewer.Id, recommendation.MediaId) is not null == (bool)value
                ),
                _ => found,
            };
        }

        return Ordering.By(found, context.GivenNames("sort"), SortKey);
    }

    private static object SortKey(Recommendation recommendation, string name) =>
        name == "RATING" ? recommendation.Rating : recommendation.Id;

    private Facts OfTitle(IResolveFieldContext context)
    {
        var media = (Facts)context.Source!;
        var recorded =
            (media.GetValueOrDefault("recommendations") as Facts)?.GetValueOrDefault("nodes") as List<object?>;
        var nodes = (recorded ?? []).OfType<Facts>().ToList();
        nodes.AddRange(
            community
                .Posts.All<Recommendation>()
                .Where(recommendation => recommendation.MediaId == MediaCatalogue.IdOf(media))
                .Select(ToFacts)
        );
        return Connections.Page(
            context,
            Ordering.By(
                nodes,
                context.GivenNames("sort"),
                (node, name) => node.GetValueOrDefault(name == "RATING" ? "rating" : "id")
            ),
            node => new() { ["node"] = node }
        );
    }

    private Facts Save(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var mediaId = Known(context, "mediaId");
        var otherId = Known(context, "mediaRecommendationId");
        var rating = OwnPosts.Required(context, "rating");
        var found =
            community
                .Posts.All<Recommendation>()
                .FirstOrDefault(other => other.MediaId == mediaId && other.OtherMediaId == otherId)
            ?? community.Posts.Add(id => new Recommendation(
                id,
                viewer.Id,
                (int)clock.GetUtcNow().ToUnixTimeSeconds(),
                mediaId,
                otherId
            ));
        return ToFacts(
            community.Posts.Change<Recommendation>(
                found.Id,
                recommendation => recommendation with { Ratings = recommendation.Ratings.SetItem(viewer.Id, rating) }
            )!
        );
    }

    private int Known(IResolveFieldContext context, string argument) =>
        context.GivenInt(argument) is { } id && catalogue.Find(id) is not null
            ? id
            : throw AniListError.Invalid(argument, "The selected media id is invalid.");
}
