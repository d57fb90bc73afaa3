using System.Text.RegularExpressions;
using AnimeSync.AniList.Operations;
using GraphQLParser.AST;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>AniList's real schema is the judge of both lists.</summary>
[Trait("Needs", "anilist-facts")]
public sealed partial class SelectionListTests
{
    private static readonly string[] _ofTheCaller =
    [
        "Query.Viewer",
        "Query.Notification",
        "Query.MediaList",
        "Query.MediaListCollection",
        "Query.Activity",
        "Query.Markdown",
        "Query.AniChartUser",
        "Page.notifications",
        "Page.mediaList",
        "Page.activities",
        "Page.activityReplies",
        "Review.private",
        "ThreadComment.childComments",
        "User.options",
        "User.mediaListOptions",
        "User.unreadNotificationCount",
        "User.favourites",
        "User.bans",
    ];

    private static readonly string[] _fieldsOfTheCaller =
    [
        "mediaListEntry",
        "isFavourite",
        "isFavouriteBlocked",
        "isFollowing",
        "isFollower",
        "isBlocked",
        "isLiked",
        "isSubscribed",
        "userPreferred",
        "userRating",
        "modNotes",
        "mediaIds",
    ];

    private static readonly string[] _argumentsOfTheCaller =
    [
        "isFollowing",
        "onList",
        "subscribed",
        "compareWithAuthList",
        "resetNotificationCount",
    ];

    private static readonly HashSet<string> _listed = [.. Coordinates(PublicSelections.Types.Values)];

    [Fact]
    public void Whatever_AniList_says_depends_on_who_asks_is_not_public()
    {
        var suspicious = AniListFacts.Described().Where(told => TellsOfCaller().IsMatch(told.Description)).ToList();

        Assert.True(suspicious.Count > 40, $"Only {suspicious.Count}: does the pattern fit the schema's words?");
        Assert.DoesNotContain(suspicious, told => _listed.Contains(told.Coordinate));
    }

    [Fact]
    public void What_is_known_to_depend_on_who_asks_is_not_public()
    {
        var known = AniListFacts
            .Described()
            .Select(told => told.Coordinate)
            .Where(coordinate =>
                _ofTheCaller.Contains(coordinate)
                || _fieldsOfTheCaller.Contains(coordinate.Split('.')[1])
                || _argumentsOfTheCaller.Contains(coordinate.TrimEnd(')').Split('(').ElementAtOrDefault(1))
            )
            .ToList();

        Assert.True(known.Count > 40);
        Assert.Superset(_ofTheCaller.ToHashSet(), known.ToHashSet());
        Assert.DoesNotContain(known, _listed.Contains);
    }

    [Fact]
    public void No_public_type_is_for_notifications_lists_or_moderators() =>
        Assert.DoesNotContain(PublicSelections.Types.Keys, name => TypeOfCaller().IsMatch(name));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_listed_field_and_argument_is_in_AniLists_schema_with_that_type(bool own)
    {
        foreach (var type in (own ? OwnListSelections.Types : PublicSelections.Types).Values)
        {
            var real = AniListFacts.Types[type.Name];
            foreach (var field in type.Fields)
            {
                var found = real.Fields!.SingleOrDefault(one => one.Name == field.Name);
                Assert.True(found is not null, $"{type.Name}.{field.Name}");
                var named = AniListFacts.Print(found.Type).Trim('[', ']', '!');
                Assert.True(
                    field.Type is null ? AniListFacts.Leaves.Contains(named) : field.Type.Name == named,
                    $"{type.Name}.{field.Name}: {named}"
                );
                foreach (var argument in field.Arguments)
                {
                    var given = found.Arguments?.SingleOrDefault(one => one.Name == argument.Name);
                    Assert.True(given is not null, $"{type.Name}.{field.Name}({argument.Name})");
                    Assert.Equal(AniListFacts.Print(given.Type), argument.Type.ToString());
                }

                // Nobody could ask for a field whose required argument is missing here.
                Assert.DoesNotContain(
                    found.Arguments ?? Enumerable.Empty<GraphQLInputValueDefinition>(),
                    one => one.Type is GraphQLNonNullType && field.FindArgument(one.Name.StringValue) < 0
                );
            }
        }
    }

    [Fact]
    public void No_argument_has_a_default_that_leaving_it_out_would_change() =>
        Assert.DoesNotContain(
            AniListFacts.Types.Values.Where(type => !type.Name.StringValue.StartsWith('_')),
            type => type.Fields!.Any(field => field.Arguments?.Any(one => one.DefaultValue is not null) ?? false)
        );

    [Fact]
    public void Most_of_what_many_clients_ask_for_is_public()
    {
        var common = AniListFacts.Usage().Where(row => row.Clients >= 8 && !DependsOnCaller(row.Coordinate)).ToList();
        var missing = common.Where(row => !_listed.Contains(row.Coordinate)).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{missing.Count} of {common.Count}: {string.Join(' ', missing)}"
        );
        Assert.True(common.Count > 120);
        Assert.True(missing.Count * 20 < common.Count, $"{missing.Count} of {common.Count} are missing");
    }

    private static bool DependsOnCaller(string coordinate)
    {
        var parts = coordinate.TrimEnd(')').Split('.', '(');
        return _ofTheCaller.Contains($"{parts[0]}.{parts[1]}")
            || _fieldsOfTheCaller.Contains(parts[1])
            || _argumentsOfTheCaller.Contains(parts.ElementAtOrDefault(2))
            || TypeOfCaller().IsMatch(parts[0]);
    }

    private static IEnumerable<string> Coordinates(IEnumerable<TypeRule> types)
    {
        foreach (var type in types)
        {
            foreach (var field in type.Fields)
            {
                yield return $"{type.Name}.{field.Name}";
                foreach (var argument in field.Arguments.ToArray())
                {
                    yield return $"{type.Name}.{field.Name}({argument.Name})";
                }
            }
        }
    }

    [GeneratedRegex(
        @"\bauth\b|authenticated|viewer|logged|current(ly)? user|\bmods?\b|moderator|private|only view|only (be )?visible",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TellsOfCaller();

    [GeneratedRegex(
        "Notification|^MediaList|^Mutation$|Options?$|Activity|Submission|^Mod|ModData|Report|^Favourites$|^Deleted$"
    )]
    private static partial Regex TypeOfCaller();
}
