using AnimeSync.AniList;
using AnimeSync.Api.Library;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryRulesTests
{
    private static readonly DateOnly _today = new(2026, 5, 10);
    private static readonly DateTimeOffset _now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly KnownTitle _twelve = new(12, null);
    private static readonly HashSet<string> _lists = ["Comfort", "Rainy days"];

    private static readonly EntryFields _watching = new() { Status = ListStatus.Current, Progress = 3 };

    [Theory]
    [InlineData("score", """{"score":101}""")]
    [InlineData("score", """{"score":-1}""")]
    [InlineData("progress", """{"progress":13}""")]
    [InlineData("progress", """{"progress":-1}""")]
    [InlineData("repeat", """{"repeat":1001}""")]
    [InlineData("repeat", """{"repeat":-1}""")]
    [InlineData("priority", """{"priority":256}""")]
    [InlineData("priority", """{"priority":-1}""")]
    [InlineData("customLists", """{"customLists":["Comfort","comfort"]}""")]
    [InlineData("startedAt", """{"startedAt":"2026-05-11"}""")]
    [InlineData("startedAt", """{"startedAt":"2026-06"}""")]
    [InlineData("completedAt", """{"completedAt":"2027"}""")]
    [InlineData("completedAt", """{"completedAt":"2026-05-11"}""")]
    [InlineData("startedAt", """{"startedAt":"2026-02","completedAt":"2026-01-31"}""")]
    public void A_value_that_cannot_be_is_refused_by_its_field(string field, string edit)
    {
        var wanted = EntryPatch.FromJson(edit).ApplyTo(_watching);

        Assert.Equal([field], FieldsRefused(_watching, wanted));
        Assert.Equal([field], FieldsRefused(null, wanted));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"score":100}""")]
    [InlineData("""{"progress":12}""")]
    [InlineData("""{"progress":0}""")]
    [InlineData("""{"repeat":1000}""")]
    [InlineData("""{"priority":255}""")]
    [InlineData("""{"customLists":["Comfort","Rainy days"]}""")]
    [InlineData("""{"startedAt":"2026-05-10"}""")]
    [InlineData("""{"startedAt":"2026"}""")]
    [InlineData("""{"startedAt":"2026-04-02","completedAt":"2026-04"}""")]
    public void A_value_at_the_edge_is_taken(string edit) =>
        Assert.Empty(FieldsRefused(_watching, EntryPatch.FromJson(edit).ApplyTo(_watching)));

    [Fact]
    public void Notes_have_at_most_6000_characters()
    {
        Assert.Empty(FieldsRefused(_watching, _watching with { Notes = new('n', 6000) }));
        Assert.Equal(["notes"], FieldsRefused(_watching, _watching with { Notes = new('n', 6001) }));
    }

    [Fact]
    public void What_was_so_before_is_not_judged()
    {
        var odd = _watching with
        {
            Progress = 13,
            CustomLists = ["Gone"],
            StartedAt = FuzzyDate.Of(2030, 1, 1),
            CompletedAt = FuzzyDate.Of(2029, null, null),
        };

        Assert.Empty(
            EntryRules.Check(odd, odd with { Score = 70, CustomLists = ["Gone", "Comfort"] }, _twelve, _today, _lists)
        );
    }

    [Fact]
    public void A_date_that_turns_the_order_around_is_refused_whichever_it_is()
    {
        var dated = _watching with { StartedAt = Entries.Date("2026-02-01"), CompletedAt = Entries.Date("2026-03-01") };

        var early = EntryRules.Check(
            dated,
            dated with
            {
                CompletedAt = Entries.Date("2026-01"),
            },
            _twelve,
            _today,
            _lists
        );
        var late = EntryRules.Check(dated, dated with { StartedAt = Entries.Date("2026-04") }, _twelve, _today, _lists);

        Assert.Equal(EntryField.CompletedAt, Assert.Single(early).Field);
        Assert.Equal(EntryField.StartedAt, Assert.Single(late).Field);
    }

    [Fact]
    public void Without_the_names_of_the_lists_any_is_taken() =>
        Assert.Empty(EntryRules.Check(_watching, _watching with { CustomLists = ["New"] }, _twelve, _today, null));

    [Theory]
    [InlineData(12, null, 0, 12)]
    [InlineData(12, 5, 1, 4)]
    [InlineData(null, 1100, 1, 1099)]
    [InlineData(12, 1, 1, 0)]
    [InlineData(12, 5, -1, 12)]
    [InlineData(null, 5, 0, null)]
    [InlineData(null, null, 0, null)]
    [InlineData(0, null, 0, null)]
    public void The_last_episode_is_the_last_aired_one_as_long_as_the_announcement_is_ahead(
        int? episodes,
        int? next,
        int hoursAhead,
        int? last
    )
    {
        var announced = next is { } episode ? (episode, _now.AddHours(hoursAhead)) : ((int, DateTimeOffset)?)null;

        Assert.Equal(last, KnownTitle.At(_now, episodes, announced).LastEpisode);
    }

    private static IEnumerable<string> FieldsRefused(EntryFields? current, EntryFields wanted) =>
        EntryRules.Check(current, wanted, _twelve, _today, _lists).Select(problem => problem.Field.WireName());
}
