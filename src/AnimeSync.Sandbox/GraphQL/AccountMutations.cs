using System.Text.RegularExpressions;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Lists;
using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Changing the own account: only what a call names is changed.</summary>
internal sealed partial class AccountMutations(UserAccounts accounts, UserLists lists, TimeProvider clock)
{
    private const int LongestBadge = 24;

    public void AddTo(Dictionary<string, Func<IResolveFieldContext, object?>> resolvers) =>
        resolvers["Mutation.UpdateUser"] = UpdateUser;

    private Facts UpdateUser(IResolveFieldContext context)
    {
        var viewer = Call.ViewerOf(context);
        if (Problems(context) is { Count: > 0 } problems)
        {
            throw AniListError.Invalid(problems);
        }

        var changed = accounts.Change(viewer.Id, user => Apply(context, user));
        lists.KeepCustomLists(changed);
        return changed.ToFacts(true);
    }

    private static Dictionary<string, string[]> Problems(IResolveFieldContext context)
    {
        var problems = new Dictionary<string, string[]>();
        if (context.GivenInt("activityMergeTime") is < 0)
        {
            problems["activityMergeTime"] = ["The activity merge time must be at least 0."];
        }

        if (context.Given<string>("donatorBadge") is { Length: > LongestBadge })
        {
            problems["donatorBadge"] = [$"The donator badge may not be greater than {LongestBadge} characters."];
        }

        if (context.Given<string>("timezone") is { Length: > 0 } zone && !Timezone().IsMatch(zone))
        {
            problems["timezone"] = ["The timezone format is invalid."];
        }

        return problems;
    }

    private SandboxUser Apply(IResolveFieldContext context, SandboxUser user) =>
        user with
        {
            About = context.IsGiven("about") ? context.Given<string>("about") : user.About,
            ScoreFormat = context.Given<string>("scoreFormat") ?? user.ScoreFormat,
            RowOrder = context.Given<string>("rowOrder") ?? user.RowOrder,
            DonatorBadge = context.Given<string>("donatorBadge") ?? user.DonatorBadge,
            AnimeList = user.AnimeList.With(context.Given<IDictionary<string, object?>>("animeListOptions")),
            MangaList = user.MangaList.With(context.Given<IDictionary<string, object?>>("mangaListOptions")),
            Settings = Apply(context, user.Settings),
            UpdatedAt = (int)clock.GetUtcNow().ToUnixTimeSeconds(),
        };

    private static UserSettings Apply(IResolveFieldContext context, UserSettings settings) =>
        settings with
        {
            TitleLanguage = context.Given<string>("titleLanguage") ?? settings.TitleLanguage,
            StaffNameLanguage = context.Given<string>("staffNameLanguage") ?? settings.StaffNameLanguage,
            DisplayAdultContent = context.Given<bool?>("displayAdultContent") ?? settings.DisplayAdultContent,
            AiringNotifications = context.Given<bool?>("airingNotifications") ?? settings.AiringNotifications,
            ProfileColor = context.Given<string>("profileColor") ?? settings.ProfileColor,
            Timezone = context.Given<string>("timezone") ?? settings.Timezone,
            ActivityMergeTime = context.GivenInt("activityMergeTime") ?? settings.ActivityMergeTime,
            RestrictMessagesToFollowing =
                context.Given<bool?>("restrictMessagesToFollowing") ?? settings.RestrictMessagesToFollowing,
            MutedNotifications = Switch(context, "notificationOptions", "enabled", false, settings.MutedNotifications),
            DisabledListActivity = Switch(
                context,
                "disabledListActivity",
                "disabled",
                true,
                settings.DisabledListActivity
            ),
        };

    // A list of switches names some types; the others stay as they are.
    private static HashSet<string> Switch(
        IResolveFieldContext context,
        string argument,
        string member,
        bool included,
        IReadOnlySet<string> before
    )
    {
        var after = before.ToHashSet();
        var named = context.Given<IEnumerable<object?>>(argument) ?? [];
        foreach (var option in named.OfType<IDictionary<string, object?>>())
        {
            if (!option.TryGetValue("type", out var type) || !option.TryGetValue(member, out var value))
            {
                continue;
            }

            if (Equals(value, included))
            {
                after.Add((string)type!);
            }
            else
            {
                after.Remove((string)type!);
            }
        }

        return after;
    }

    [GeneratedRegex("^-?[0-9]{2}:[0-9]{2}$")]
    private static partial Regex Timezone();
}
