using System.Text.Json;
using AnimeSync.AniList.Lists;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>Entries as AniList might answer them, right or wrong.</summary>
public sealed class RemoteEntryReaderTests
{
    private const string Right = """
        {"id":7,"userId":5,"mediaId":1,"status":"REPEATING","score":85,"progress":3,"repeat":2,"priority":1,
        "private":true,"notes":"good","hiddenFromStatusLists":true,"customLists":{"A":true,"B":false,"C":true},
        "startedAt":{"year":2024,"month":5,"day":null},"completedAt":{"year":null,"month":null,"day":null},
        "createdAt":0,"updatedAt":1700000000,"media":{"id":1,"idMal":1,"title":{"romaji":"R","english":null,"native":"N"},
        "format":"TV","status":"FINISHED","season":"SPRING","seasonYear":1998,"episodes":26,"nextAiringEpisode":
        {"episode":4,"airingAt":1800000000},"coverImage":{"large":"https://a.test/1.jpg"},"isAdult":false}}
        """;

    [Fact]
    public void Everything_that_was_asked_for_is_read()
    {
        var entry = Assert.Single(Read(Right).Entries);

        Assert.Equal((7, 5, 1, MediaListStatus.Repeating), (entry.Id, entry.UserId, entry.MediaId, entry.Status));
        Assert.Equal((85, 3, 2, 1), (entry.ScoreRaw, entry.Progress, entry.Repeat, entry.Priority));
        Assert.Equal((true, true, "good"), (entry.Private, entry.HiddenFromStatusLists, entry.Notes));
        Assert.Equal(["A", "C"], entry.CustomLists);
        Assert.Equal((FuzzyDate.Of(2024, 5, null), null), (entry.StartedAt, entry.CompletedAt));
        Assert.Equal((null, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)), (entry.CreatedAt, entry.UpdatedAt));
        Assert.Equal((RemoteFields.None, RemoteFields.None), (entry.Unseen, entry.Odd));
        var airing = new NextEpisode(4, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        Assert.Equal(
            new ListMedia(
                1,
                1,
                "R",
                null,
                "N",
                "TV",
                "FINISHED",
                "SPRING",
                1998,
                26,
                airing,
                "https://a.test/1.jpg",
                false
            ),
            entry.Media
        );
    }

    [Theory]
    [InlineData("id", "null")]
    [InlineData("id", "\"7\"")]
    [InlineData("id", "0")]
    [InlineData("id", "99999999999")]
    [InlineData("userId", "null")]
    [InlineData("mediaId", "-1")]
    [InlineData("status", "\"WATCHING\"")]
    [InlineData("status", "1")]
    [InlineData("score", "101")]
    [InlineData("score", "\"9\"")]
    [InlineData("progress", "1.5")]
    [InlineData("progress", "-1")]
    [InlineData("repeat", "true")]
    [InlineData("private", "\"yes\"")]
    [InlineData("notes", "{}")]
    [InlineData("notes", "\"\\ud800\"")]
    [InlineData("customLists", "\"A\"")]
    [InlineData("customLists", "[\"A\"]")]
    [InlineData("customLists", "{\"A\":1}")]
    [InlineData("customLists", "{\"\\ud800\":true}")]
    [InlineData("startedAt", "\"2024\"")]
    [InlineData("startedAt", "{\"year\":\"2024\"}")]
    [InlineData("updatedAt", "\"now\"")]
    public void An_entry_with_a_member_that_makes_no_sense_is_counted_and_the_others_are_read(string name, string value)
    {
        var wrong = Right.Replace("\"id\":7", "\"id\":8", StringComparison.Ordinal);

        var read = Read(Right, With(wrong, name, value));

        Assert.Equal((7, 1), (Assert.Single(read.Entries).Id, read.Skipped));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("\"entry\"")]
    [InlineData("{}")]
    public void What_is_no_entry_is_counted(string item)
    {
        Assert.Equal(1, Read(item).Skipped);
    }

    [Theory]
    [InlineData("score", RemoteFields.Score)]
    [InlineData("status", RemoteFields.Status)]
    [InlineData("progress", RemoteFields.Progress)]
    [InlineData("private", RemoteFields.Private)]
    [InlineData("hiddenFromStatusLists", RemoteFields.HiddenFromStatusLists)]
    public void A_value_that_AniList_always_has_was_not_seen_when_it_is_null(string name, RemoteFields field)
    {
        Assert.Equal(field, Assert.Single(Read(With(Right, name, "null")).Entries).Unseen);
    }

    [Fact]
    public void Custom_lists_that_are_null_are_none_to_their_owner_and_unseen_by_others()
    {
        var item = JsonElement.Parse(With(Right, "customLists", "null"));

        Assert.Equal(RemoteFields.None, RemoteEntryReader.TryRead(item, asOwner: true)?.Unseen);
        Assert.Equal(RemoteFields.CustomLists, RemoteEntryReader.TryRead(item, asOwner: false)?.Unseen);
    }

    [Theory]
    [InlineData("customLists", "[]")]
    [InlineData("notes", "\"\"")]
    [InlineData("notes", "null")]
    [InlineData("startedAt", "null")]
    [InlineData("startedAt", "{\"year\":0,\"month\":0,\"day\":0}")]
    public void Nothing_is_nothing_however_it_is_written(string name, string value)
    {
        var entry = Assert.Single(Read(With(Right, name, value)).Entries);

        Assert.Equal((RemoteFields.None, RemoteFields.None), (entry.Unseen, entry.Odd));
        Assert.True(name != "customLists" || entry.CustomLists.Count == 0);
        Assert.True(name != "notes" || entry.Notes is null);
        Assert.True(name != "startedAt" || entry.StartedAt is null);
    }

    [Theory]
    [InlineData("{\"year\":null,\"month\":5,\"day\":1}", null)]
    [InlineData("{\"year\":2024,\"month\":null,\"day\":3}", "2024")]
    [InlineData("{\"year\":2024,\"month\":4,\"day\":31}", "2024-04")]
    [InlineData("{\"year\":2024,\"month\":13,\"day\":1}", "2024")]
    public void A_date_that_cannot_be_said_whole_is_marked(string date, string? read)
    {
        var entry = Assert.Single(Read(With(Right, "completedAt", date)).Entries);

        Assert.Equal(read, entry.CompletedAt?.ToString());
        Assert.Equal(RemoteFields.CompletedAt, entry.Odd);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"1\"}")]
    public void An_entry_without_a_title_that_makes_sense_is_still_an_entry(string media)
    {
        Assert.Null(Assert.Single(Read(With(Right, "media", media)).Entries).Media);
    }

    [Fact]
    public void A_fact_of_a_title_that_makes_no_sense_is_as_good_as_none()
    {
        var media = """
            {"id":1,"idMal":"x","title":[],"format":7,"episodes":-1,"nextAiringEpisode":{"episode":1,"airingAt":"soon"},
            "coverImage":{"large":"javascript:alert(1)"},"isAdult":"no","season":"\ud800"}
            """;

        var read = Assert.Single(Read(With(Right, "media", media)).Entries).Media;

        Assert.Equal(new(1, null, null, null, null, null, null, null, null, null, null, null, null), read);
    }

    [Fact]
    public void A_zero_character_is_taken_out_of_every_text()
    {
        var item = With(With(Right, "notes", "\"a\\u0000b\""), "customLists", "{\"L\\u0000\":true,\"L\":true}");
        item = item.Replace("\"R\"", "\"R\\u0000\"", StringComparison.Ordinal);

        var entry = Assert.Single(Read(item).Entries);

        Assert.Equal(("ab", "R"), (entry.Notes, entry.Media?.Romaji));
        Assert.Equal(["L"], entry.CustomLists);
    }

    [Fact]
    public void An_entry_that_comes_twice_is_read_once()
    {
        var read = Read(Right, Right);

        Assert.Equal((1, 0), (read.Entries.Count, read.Skipped));
    }

    private static RemoteEntries Read(params string[] items) =>
        RemoteEntryReader.Read(items.Select(item => JsonElement.Parse(item)), asOwner: true);

    private static string With(string item, string name, string value)
    {
        // As text, since half a surrogate pair is no value of any JSON library's.
        var members = JsonElement
            .Parse(item)
            .EnumerateObject()
            .Select(member => $"\"{member.Name}\":{(member.Name == name ? value : member.Value.GetRawText())}");
        return $"{{{string.Join(',', members)}}}";
    }
}
