using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Reviews: of a title, of a user, by themselves. A private one is shown to its author.</summary>
internal sealed class ReviewResolvers(MediaCatalogue catalogue, CommunityMembers community, TimeProvider clock)
{
    // AniList's schema says these in the arguments' descriptions.
    private const int ShortestBody = 2600;
    private const int ShortestSummary = 20;
    private const int LongestSummary = 120;

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.Review"] = context =>
            Visible(context).FirstOrDefault(review => review.Id == context.GivenInt("id"))?.ToFacts()
            ?? throw AniListError.NotFound();
        resolvers["Page.reviews"] = context =>
            ((PageSlice)context.Source!).Take(Search(context)).ConvertAll(review => review.ToFacts());
        resolvers["Media.reviews"] = OfTitle;
        resolvers["Review.media"] = context => catalogue.Find(Of(context).MediaId);
        resolvers["Review.mediaType"] = context => catalogue.Find(Of(context).MediaId)?["type"];
        resolvers["Review.userRating"] = context =>
            Call.Of(context).Viewer is { } viewer
                ? Of(context).Votes.GetValueOrDefault(viewer.Id, "NO_VOTE")
                : "NO_VOTE";
        resolvers["Mutation.SaveReview"] = Save;
        resolvers["Mutation.DeleteReview"] = context => OwnPosts.Delete<Review>(context, community.Posts);
        resolvers["Mutation.RateReview"] = Rate;
    }

    private static Review Of(IResolveFieldContext context) => (Review)PostFacts.PostOf((Facts)context.Source!);

    private IEnumerable<Review> Visible(IResolveFieldContext context)
    {
        var viewer = Call.Of(context).Viewer?.Id;
        return community
            .Posts.All<Review>()
            .Where(review => !review.IsPrivate || review.UserId == viewer)
            .Where(review => catalogue.Find(review.MediaId) is not null);
    }

    private IEnumerable<Review> Search(IResolveFieldContext context)
    {
        var found = Visible(context);
        if (context.GivenInt("mediaId") is { } mediaId)
        {
            found = found.Where(review => review.MediaId == mediaId);
        }

        if (context.GivenInt("userId") is { } userId)
        {
            found = found.Where(review => review.UserId == userId);
        }

        if (context.Given<string>("mediaType") is { } type)
        {
            found = found.Where(review => (string?)catalogue.Find(review.MediaId)!["type"] == type);
        }

        return Sorted(context, found);
    }

    private static IEnumerable<Review> Sorted(IResolveFieldContext context, IEnumerable<Review> reviews) =>
        Ordering.By(
            reviews,
            context.GivenNames("sort"),
            (review, name) =>
                name switch
                {
                    "SCORE" => review.Score,
                    "RATING" => review.Votes.Values.Count(vote => vote == "UP_VOTE"),
                    "CREATED_AT" => review.CreatedAt,
                    "UPDATED_AT" => review.UpdatedAt,
                    _ => review.Id,
                }
        );

    private Facts OfTitle(IResolveFieldContext context)
    {
        var mediaId = MediaCatalogue.IdOf((Facts)context.Source!);
        var reviews = Visible(context).Where(review => review.MediaId == mediaId);
        return Connections.Page(context, Sorted(context, reviews), review => new() { ["node"] = review.ToFacts() });
    }

    private Facts Save(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        Validate(context);
        var now = (int)clock.GetUtcNow().ToUnixTimeSeconds();
        Review Apply(Review review) =>
            review with
            {
                Text = context.Given<string>("body") ?? review.Text,
                Summary = context.Given<string>("summary") ?? review.Summary,
                Score = context.GivenInt("score") ?? review.Score,
                IsPrivate = context.IsGiven("private") ? context.Given<bool>("private") : review.IsPrivate,
                UpdatedAt = now,
            };
        if (context.GivenInt("id") is not null)
        {
            return OwnPosts.Change<Review>(context, community.Posts, Apply).ToFacts();
        }

        var mediaId =
            context.GivenInt("mediaId") is { } id && catalogue.Find(id) is not null
                ? id
                : throw AniListError.Invalid("mediaId", "The selected media id is invalid.");
        OwnPosts.Required(context, "body");
        OwnPosts.Required(context, "summary");
        return community.Posts.Add(newId => Apply(new(newId, viewer.Id, now, mediaId))).ToFacts();
    }

    private static void Validate(IResolveFieldContext context)
    {
        if (context.Given<string>("body") is { Length: < ShortestBody })
        {
            throw AniListError.Invalid("body", $"The body must be at least {ShortestBody} characters.");
        }

        if (context.Given<string>("summary") is { } summary)
        {
            if (summary.Length < ShortestSummary)
            {
                throw AniListError.Invalid("summary", $"The summary must be at least {ShortestSummary} characters.");
            }

            if (summary.Length > LongestSummary)
            {
                throw AniListError.Invalid(
                    "summary",
                    $"The summary may not be greater than {LongestSummary} characters."
                );
            }
        }

        if (context.GivenInt("score") is < 0 or > 100)
        {
            throw AniListError.Invalid("score", "The score must be between 0 and 100.");
        }
    }

    private Facts Rate(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var id = context.GivenInt("reviewId") ?? 0;
        var rating = OwnPosts.Required(context, "rating");
        if (Visible(context).All(review => review.Id != id))
        {
            throw AniListError.NotFound();
        }

        return community
                .Posts.Change<Review>(
                    id,
                    review =>
                        review with
                        {
                            Votes =
                                rating == "NO_VOTE"
                                    ? review.Votes.Remove(viewer.Id)
                                    : review.Votes.SetItem(viewer.Id, rating),
                        }
                )
                ?.ToFacts()
            ?? throw AniListError.NotFound();
    }
}
