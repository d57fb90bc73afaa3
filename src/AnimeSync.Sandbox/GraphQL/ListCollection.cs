using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>A whole list, or a chunk of it, grouped as AniList groups it. An entry can be in several groups, and in none.</summary>
internal sealed class ListCollection(MediaCatalogue catalogue, ListSearch search)
{
    private const int MostPerChunk = 500;

    // AniList's documents: a collection holds the most recently updated entries up to this many.
    private const int MostEntries = 11_000;

    private static readonly (string Status, string Anime, string Manga)[] Sections =
    [
        ("CURRENT", "Watching", "Reading"),
        ("REPEATING", "Rewatching", "Rereading"),
        ("COMPLETED", "Completed", "Completed"),
        ("PAUSED", "Paused", "Paused"),
        ("DROPPED", "Dropped", "Dropped"),
        ("PLANNING", "Planning", "Planning"),
    ];

    public object? Resolve(IResolveFieldContext context)
    {
        var type = context.Given<string>("type") ?? throw AniListError.Invalid("type", "The type field is required.");
        var owner =
            search.OwnerOf(context)
            ?? throw (
                context.GivenInt("userId") is null
                    ? AniListError.Invalid("userId", "The user id field is required when user name is not present.")
                    : AniListError.NotFound()
            );
        var entries = MostRecent([.. search.Find(context)]);
        var (part, more) = Chunk(context, entries);
        return new Facts
        {
            ["lists"] = Groups(owner.ListOf(type), type, part, context.Given<bool>("forceSingleCompletedList")),
            ["user"] = owner.ToFacts(owner.Id == Call.Of(context).Viewer?.Id),
            ["hasNextChunk"] = more,
        };
    }

    private static List<ListEntry> MostRecent(List<ListEntry> entries)
    {
        if (entries.Count <= MostEntries)
        {
            return entries;
        }

        var kept = entries.OrderByDescending(entry => entry.UpdatedAt).Take(MostEntries).ToHashSet();
        return [.. entries.Where(kept.Contains)];
    }

    private static (List<ListEntry> Part, bool More) Chunk(IResolveFieldContext context, List<ListEntry> entries)
    {
        // Who asks for no chunk gets all, which most clients rely on.
        if (context.GivenInt("chunk") is null && context.GivenInt("perChunk") is null)
        {
            return (entries, false);
        }

        var size = Math.Clamp(context.GivenInt("perChunk") ?? MostPerChunk, 1, MostPerChunk);
        var before = Math.Clamp(context.GivenInt("chunk") ?? 1, 1, MostEntries) - 1;
        return ([.. entries.Skip(before * size).Take(size)], (before + 1) * size < entries.Count);
    }

    private List<Facts> Groups(ListSettings settings, string type, List<ListEntry> entries, bool singleCompleted)
    {
        var byStatus = entries.Where(entry => !entry.HiddenFromStatusLists).ToLookup(entry => entry.Status);
        var groups = new List<Facts>();
        foreach (var (status, anime, manga) in Sections)
        {
            if (status == "COMPLETED" && settings.SplitCompletedByFormat && !singleCompleted)
            {
                groups.AddRange(SplitByFormat(byStatus[status]));
            }
            else if (byStatus.Contains(status))
            {
                groups.Add(Group(type == "ANIME" ? anime : manga, status, false, byStatus[status]));
            }
        }

        groups.AddRange(
            from name in settings.CustomLists
            let enabled = entries.Where(entry => entry.CustomLists.Contains(name)).ToList()
            where enabled.Count > 0
            select Group(name, null, false, enabled)
        );
        return groups;
    }

    private IEnumerable<Facts> SplitByFormat(IEnumerable<ListEntry> completed) =>
        from entry in completed
        group entry by catalogue.Find(entry.MediaId)?.GetValueOrDefault("format") as string into format
        orderby format.Key
        select Group($"Completed {FormatName(format.Key)}", "COMPLETED", true, format);

    private static string FormatName(string? format) =>
        format switch
        {
            "TV_SHORT" => "TV Short",
            "ONE_SHOT" => "One Shot",
            "TV" or "OVA" or "ONA" => format,
            { Length: > 0 } => format[..1] + format[1..].ToLowerInvariant(),
            _ => "Unknown",
        };

    private static Facts Group(string name, string? status, bool isSplit, IEnumerable<ListEntry> entries) =>
        new()
        {
            ["name"] = name,
            ["status"] = status,
            ["isCustomList"] = status is null,
            ["isSplitCompletedList"] = isSplit,
            ["entries"] = entries.Select(entry => entry.ToFacts()).ToList(),
        };
}
