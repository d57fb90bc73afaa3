using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Writing: only what a call names is changed.</summary>
internal sealed class MutationResolvers(
    MediaCatalogue catalogue,
    UserAccounts accounts,
    UserLists lists,
    TimeProvider clock
)
{
    private static readonly (string Argument, int Least, int Most)[] Ranges =
    [
        ("progress", 0, int.MaxValue),
        ("progressVolumes", 0, int.MaxValue),
        ("repeat", 0, 1000),
        ("priority", 0, 255),
        ("scoreRaw", 0, 100),
    ];

    private const int LongestNotes = 6000;

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers)
    {
        resolvers["Mutation.SaveMediaListEntry"] = Save;
        resolvers["Mutation.UpdateMediaListEntries"] = UpdateMany;
        resolvers["Mutation.DeleteMediaListEntry"] = Delete;
        resolvers["Mutation.ToggleFavourite"] = ToggleFavourite;
        resolvers["Mutation.UpdateUser"] = UpdateUser;
    }

    private Facts Save(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        Validate(context);
        var mediaId = context.GivenInt("id") is { } id
            ? OwnEntry(viewer, id, "id").MediaId
            : context.GivenInt("mediaId");
        if (mediaId is not { } known || catalogue.Find(known) is null)
        {
            throw AniListError.Invalid(
                "mediaId",
                mediaId is null ? "The media id field is required." : "The selected media id is invalid."
            );
        }

        return lists.Save(viewer, known, (entry, isNew) => Apply(context, viewer, entry, isNew)).ToFacts();
    }

    private List<Facts> UpdateMany(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        Validate(context);
        var owned = (context.Given<IEnumerable<object?>>("ids") ?? [])
            .OfType<int>()
            .Select(id => OwnEntry(viewer, id, "ids"))
            .ToList();
        return
        [
            .. owned.Select(entry =>
                lists.Save(viewer, entry.MediaId, (found, isNew) => Apply(context, viewer, found, isNew)).ToFacts()
            ),
        ];
    }

    private Facts Delete(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var entry = OwnEntry(viewer, context.GivenInt("id") ?? 0, "id");
        return new() { ["deleted"] = lists.Delete(viewer.Id, entry.Id) };
    }

    private Facts ToggleFavourite(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var mediaId = context.GivenInt("animeId") ?? context.GivenInt("mangaId");
        if (mediaId is { } id)
        {
            if (catalogue.Find(id) is null)
            {
                throw AniListError.Invalid(
                    context.IsGiven("animeId") ? "animeId" : "mangaId",
                    "The selected media id is invalid."
                );
            }

            accounts.Change(
                viewer.Id,
                user =>
                    user with
                    {
                        Favourites = user.Favourites.Contains(id)
                            ? [.. user.Favourites.Where(other => other != id)]
                            : [.. user.Favourites, id],
                    }
            );
        }

        return new() { ["userId"] = viewer.Id };
    }

    private Facts UpdateUser(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        var changed = accounts.Change(
            viewer.Id,
            user =>
                user with
                {
                    About = context.IsGiven("about") ? context.Given<string>("about") : user.About,
                    TitleLanguage = context.Given<string>("titleLanguage") ?? user.TitleLanguage,
                    ScoreFormat = context.Given<string>("scoreFormat") ?? user.ScoreFormat,
                    DisplayAdultContent = context.Given<bool?>("displayAdultContent") ?? user.DisplayAdultContent,
                    ProfileColor = context.Given<string>("profileColor") ?? user.ProfileColor,
                    Timezone = context.Given<string>("timezone") ?? user.Timezone,
                }
        );
        return changed.ToFacts(true);
    }

    private ListEntry OwnEntry(SandboxUser viewer, int id, string argument) =>
        lists.Find(id) is { } entry && entry.UserId == viewer.Id
            ? entry
            : throw AniListError.Invalid(argument, $"The selected {argument} is invalid.");

    private static void Validate(IResolveFieldContext context)
    {
        foreach (var (argument, least, most) in Ranges)
        {
            if (context.GivenInt(argument) is { } value && (value < least || value > most))
            {
                throw AniListError.Invalid(
                    argument,
                    value < least
                        ? $"The {argument} must be at least {least}."
                        : $"The {argument} may not be greater than {most}."
                );
            }
        }

        if (context.Given<double?>("score") is > 100 or < 0)
        {
            throw AniListError.Invalid(
                "score",
                context.Given<double?>("score") < 0
                    ? "The score must be at least 0."
                    : "The score may not be greater than 100."
            );
        }

        if (context.Given<string>("notes") is { Length: > LongestNotes })
        {
            throw AniListError.Invalid("notes", $"The notes may not be greater than {LongestNotes} characters.");
        }
    }

    private ListEntry Apply(IResolveFieldContext context, SandboxUser viewer, ListEntry entry, bool isNew)
    {
        var now = clock.GetUtcNow();
        var seconds = (int)now.ToUnixTimeSeconds();
        var changed = entry with
        {
            Status = context.Given<string>("status") ?? entry.Status,
            Score =
                context.GivenInt("scoreRaw")
                ?? (
                    context.Given<double?>("score") is { } score ? Scores.Read(score, viewer.ScoreFormat) : entry.Score
                ),
            Progress = context.GivenInt("progress") ?? entry.Progress,
            ProgressVolumes = context.GivenInt("progressVolumes") ?? entry.ProgressVolumes,
            Repeat = context.GivenInt("repeat") ?? entry.Repeat,
            Priority = context.GivenInt("priority") ?? entry.Priority,
            Private = context.Given<bool?>("private") ?? entry.Private,
            Notes = context.IsGiven("notes") ? context.Given<string>("notes") : entry.Notes,
            HiddenFromStatusLists = context.Given<bool?>("hiddenFromStatusLists") ?? entry.HiddenFromStatusLists,
            CustomLists = context.IsGiven("customLists") ? context.GivenNames("customLists") : entry.CustomLists,
            StartedAt = Date(context, "startedAt") ?? entry.StartedAt,
            CompletedAt = Date(context, "completedAt") ?? entry.CompletedAt,
            CreatedAt = isNew ? seconds : entry.CreatedAt,
            UpdatedAt = seconds,
        };
        // Observed by clients: an entry created as completed gets that day, and no first day.
        return isNew && changed.Status == "COMPLETED" && !context.IsGiven("completedAt")
            ? changed with
            {
                CompletedAt = MediaCatalogue.FuzzyDate($"{now:yyyy-MM-dd}"),
            }
            : changed;
    }

    private static Facts? Date(IResolveFieldContext context, string argument)
    {
        if (!context.IsGiven(argument))
        {
            return null;
        }

        var given = context.Given<IDictionary<string, object?>>(argument);
        var date = ListEntry.NoDate();
        foreach (var part in date.Keys.ToList())
        {
            date[part] = given is not null && given.TryGetValue(part, out var value) ? value : null;
        }

        return date;
    }
}
