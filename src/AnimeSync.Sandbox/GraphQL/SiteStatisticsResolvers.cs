using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The site in numbers by day, and a title's trend: counted from what the sandbox has, not drawn.</summary>
internal sealed class SiteStatisticsResolvers(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    CommunityMembers community,
    TimeProvider clock
)
{
    private const int Days = 30;
    private const int DaySeconds = 24 * 3600;
    private const int MostPerPage = 25;

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.SiteStatistics"] = _ => new Facts();
        Add("users", end => accounts.All.Count(user => user.ToFacts(false)["createdAt"] is int at && at < end));
        Add("reviews", end => community.Posts.All<Review>().Count(review => review.CreatedAt < end));
        Add("anime", _ => catalogue.All.Count(MediaCatalogue.IsAnime));
        Add("manga", _ => catalogue.All.Count(media => !MediaCatalogue.IsAnime(media)));
        Add("characters", _ => community.People.Characters.Count);
        Add("staff", _ => community.People.Staff.Count);
        Add("studios", _ => community.People.Studios.Count);
        resolvers["Media.trends"] = Trends;

        void Add(string kind, Func<int, int> count) =>
            resolvers[$"SiteStatistics.{kind}"] = context => SiteTrend(context, count);
    }

    private Facts SiteTrend(IResolveFieldContext context, Func<int, int> countAtEndOf)
    {
        var days = LastDays()
            .Select(day =>
            {
                var count = countAtEndOf(day + DaySeconds);
                return new Facts
                {
                    ["date"] = day,
                    ["count"] = count,
                    ["change"] = count - countAtEndOf(day),
                };
            });
        return Connections.Page(
            context,
            Ordering.By(days, context.GivenNames("sort"), (day, name) => day[name.ToLowerInvariant()]),
            day => new() { ["node"] = day }
        );
    }

    private Facts Trends(IResolveFieldContext context)
    {
        var media = (Facts)context.Source!;
        if (media.GetValueOrDefault("trends") is Facts recorded)
        {
            return recorded;
        }

        var inProgress = lists.All.Count(entry =>
            entry.MediaId == MediaCatalogue.IdOf(media) && entry.Status == "CURRENT"
        );
        return new()
        {
            ["nodes"] = LastDays()
                .Take(MostPerPage)
                .Select(day => new Facts
                {
                    ["date"] = day,
                    ["trending"] = media.GetValueOrDefault("trending") ?? 0,
                    ["popularity"] = media.GetValueOrDefault("popularity"),
                    ["inProgress"] = inProgress,
                })
                .ToList(),
        };
    }

    // Newest first, each by the second in which it began.
    private IEnumerable<int> LastDays()
    {
        var now = (int)clock.GetUtcNow().ToUnixTimeSeconds();
        var today = now - (now % DaySeconds);
        return Enumerable.Range(0, Days).Select(back => today - (back * DaySeconds));
    }
}
