using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Reading lists. A private entry is shown to its owner only.</summary>
internal sealed class ListResolvers(MediaCatalogue catalogue, UserAccounts accounts, UserLists lists)
{
    private const int MostPerChunk = 500;

    // AniList's documents: a collection holds the most recently updated entries up to this many.
    private const int MostInCollection = 11_000;

    private static readonly (string Status, string Anime, string Manga)[] Sections =
    [
        ("CURRENT", "Watching", "Reading"),
        ("REPEATING", "Rewatching", "Rereading"),
        ("COMPLETED", "Completed", "Completed"),
        ("PAUSED", "Paused", "Paused"),
        ("DROPPED", "Dropped", "Dropped"),
        ("PLANNING", "Planning", "Planning"),
    ];

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Query.MediaList"] = context =>
            Search(context).FirstOrDefault()?.ToFacts() ?? throw AniListError.NotFound();
        resolvers["Page.mediaList"] = context =>
            ((PageSlice)context.Source!).Take(Search(context)).Select(entry => entry.ToFacts()).ToList();
        resolvers["Query.MediaListCollection"] = Collection;
        resolvers["MediaList.media"] = context => catalogue.Find(EntryOf(context).MediaId);
        resolvers["MediaList.user"] = context => accounts.Find(EntryOf(context).UserId)?.ToFacts(false);
        resolvers["MediaList.score"] = context => Score(context);
        resolvers["MediaList.customLists"] = CustomLists;
    }

    private static ListEntry EntryOf(IResolveFieldContext context) => (ListEntry)((Facts)context.Source!)["entry"]!;

    private IEnumerable<ListEntry> Search(IResolveFieldContext context)
    {
        var viewer = Call.Of(context).Viewer?.Id;
        var userId =
            context.GivenInt("userId") ?? (context.Given<string>("userName") is { } name ? UserNamed(name).Id : null);
        var found = (userId is { } id ? lists.Of(id) : lists.All).Where(entry =>
            !entry.Private || entry.UserId == viewer
        );
        foreach (var (argument, value) in context.AllGiven())
        {
            var many = (value as IEnumerable<object?>)?.ToHashSet() ?? [];
            found = argument switch
            {
                "id" => found.Where(entry => entry.Id == (int)value),
                "mediaId" => found.Where(entry => entry.MediaId == (int)value),
                "mediaId_in" => found.Where(entry => many.Contains(entry.MediaId)),
                "mediaId_not_in" => found.Where(entry => !many.Contains(entry.MediaId)),
                "userId_in" => found.Where(entry => many.Contains(entry.UserId)),
                "status" => found.Where(entry => entry.Status == (string)value),
                "status_not" => found.Where(entry => entry.Status != (string)value),
                "status_in" => found.Where(entry => many.Contains(entry.Status)),
                "status_not_in" => found.Where(entry => !many.Contains(entry.Status)),
                "type" => found.Where(entry => (string?)catalogue.Find(entry.MediaId)?["type"] == (string)value),
                _ => found,
            };
        }

        return Ordering.By(found, context.GivenNames("sort"), SortKey);
    }

    private Facts Collection(IResolveFieldContext context)
    {
        if (context.Given<string>("type") is not { } type)
        {
            throw AniListError.Invalid("type", "The type field is required.");
        }

        var user =
            context.GivenInt("userId") is { } id ? accounts.Find(id) ?? throw AniListError.NotFound()
            : context.Given<string>("userName") is { } name ? UserNamed(name)
            : throw AniListError.Invalid("userId", "The user id field is required when user name is not present.");
        var perChunk = Math.Clamp(context.GivenInt("perChunk") ?? MostPerChunk, 1, MostPerChunk);
        var chunk = Math.Clamp(context.GivenInt("chunk") ?? 1, 1, MostInCollection);

        var entries = Search(context).ToList();
        if (entries.Count > MostInCollection)
        {
            entries = [.. entries.OrderByDescending(entry => entry.UpdatedAt).Take(MostInCollection)];
        }

        var part = entries.Skip((chunk - 1) * perChunk).Take(perChunk).ToList();
        return new()
        {
            ["lists"] = Groups(user, type, part),
            ["user"] = user.ToFacts(user.Id == Call.Of(context).Viewer?.Id),
            ["hasNextChunk"] = chunk * perChunk < entries.Count,
        };
    }

    private static List<Facts> Groups(SandboxUser user, string type, List<ListEntry> entries)
    {
        var groups = new List<Facts>();
        foreach (var (status, anime, manga) in Sections)
        {
            var inSection = entries.Where(entry => entry.Status == status && !entry.HiddenFromStatusLists).ToList();
            if (inSection.Count > 0)
            {
                groups.Add(Group(type == "ANIME" ? anime : manga, status, inSection));
            }
        }

        foreach (var name in user.CustomLists)
        {
            var inList = entries.Where(entry => entry.CustomLists.Contains(name)).ToList();
            if (inList.Count > 0)
            {
                groups.Add(Group(name, null, inList));
            }
        }

        return groups;
    }

    private static Facts Group(string name, string? status, List<ListEntry> entries) =>
        new()
        {
            ["name"] = name,
            ["status"] = status,
            ["isCustomList"] = status is null,
            ["isSplitCompletedList"] = false,
            ["entries"] = entries.Select(entry => entry.ToFacts()).ToList(),
        };

    private object? SortKey(ListEntry entry, string name) =>
        name switch
        {
            "MEDIA_ID" => entry.MediaId,
            "SCORE" => entry.Score,
            "STATUS" => entry.Status,
            "PROGRESS" => entry.Progress,
            "PROGRESS_VOLUMES" => entry.ProgressVolumes,
            "REPEAT" => entry.Repeat,
            "PRIORITY" => entry.Priority,
            "STARTED_ON" => MediaCatalogue.FuzzyNumber(entry.StartedAt),
            "FINISHED_ON" => MediaCatalogue.FuzzyNumber(entry.CompletedAt),
            "ADDED_TIME" => entry.CreatedAt,
            "UPDATED_TIME" => entry.UpdatedAt,
            _ => catalogue.Find(entry.MediaId) is { } media
                ? MediaFilter.SortKey(media, name["MEDIA_".Length..])
                : null,
        };

    private double Score(IResolveFieldContext context)
    {
        var entry = EntryOf(context);
        return Scores.Show(entry.Score, context.Given<string>("format") ?? accounts.Find(entry.UserId)!.ScoreFormat);
    }

    private object? CustomLists(IResolveFieldContext context)
    {
        var entry = EntryOf(context);
        var names = accounts.Find(entry.UserId)!.CustomLists;
        if (names.Count == 0)
        {
            return null;
        }

        return context.Given<bool>("asArray")
            ? names
                .Select(name => new Facts { ["name"] = name, ["enabled"] = entry.CustomLists.Contains(name) })
                .ToList()
            : names.ToDictionary(name => name, name => (object?)entry.CustomLists.Contains(name));
    }

    private SandboxUser UserNamed(string name) => accounts.Find(name) ?? throw AniListError.NotFound();
}
