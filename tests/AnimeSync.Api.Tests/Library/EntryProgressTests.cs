using AnimeSync.AniList;
using AnimeSync.Api.Library;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryProgressTests
{
    private static readonly DateOnly _today = new(2026, 5, 10);
    private static readonly FuzzyDate _day = FuzzyDate.Of(_today);
    private static readonly FuzzyDate _earlier = Entries.Date("2024-03");
    private static readonly KnownTitle _twelve = new(12, null);

    [Theory]
    [InlineData(ListStatus.Planning)]
    [InlineData(ListStatus.Paused)]
    [InlineData(ListStatus.Dropped)]
    [InlineData(ListStatus.Current)]
    public void The_first_episode_starts_it_today(ListStatus status) =>
        Assert.Equal(
            new()
            {
                Status = ListStatus.Current,
                Progress = 1,
                StartedAt = _day,
            },
            Next(EntryFields.Default(status), _twelve)
        );

    [Fact]
    public void A_date_that_is_there_stays() =>
        Assert.Equal(
            new()
            {
                Status = ListStatus.Completed,
                Progress = 1,
                StartedAt = _earlier,
                CompletedAt = _earlier,
            },
            Next(new() { StartedAt = _earlier, CompletedAt = _earlier }, new(1, null))
        );

    [Theory]
    [InlineData(ListStatus.Paused)]
    [InlineData(ListStatus.Current)]
    public void A_later_episode_says_nothing_of_the_start(ListStatus status) =>
        Assert.Equal(
            new() { Status = ListStatus.Current, Progress = 6 },
            Next(new() { Status = status, Progress = 5 }, _twelve)
        );

    [Fact]
    public void The_last_episode_completes_it_today() =>
        Assert.Equal(
            new()
            {
                Status = ListStatus.Completed,
                Progress = 12,
                CompletedAt = _day,
            },
            Next(new() { Status = ListStatus.Current, Progress = 11 }, _twelve)
        );

    [Fact]
    public void A_film_starts_and_ends_at_once() =>
        Assert.Equal(
            new()
            {
                Status = ListStatus.Completed,
                Progress = 1,
                StartedAt = _day,
                CompletedAt = _day,
            },
            Next(new(), new(1, null))
        );

    [Fact]
    public void The_last_aired_episode_completes_nothing() =>
        Assert.Equal(
            new() { Status = ListStatus.Current, Progress = 4 },
            Next(new() { Status = ListStatus.Current, Progress = 3 }, new(12, 4))
        );

    [Fact]
    public void Nobody_knows_the_end_of_a_title_without_a_number() =>
        Assert.Equal(
            new() { Status = ListStatus.Current, Progress = 1000 },
            Next(new() { Status = ListStatus.Current, Progress = 999 }, KnownTitle.Nothing)
        );

    [Fact]
    public void A_rewatch_goes_on_and_keeps_the_dates_of_the_first_time()
    {
        var rewatch = new EntryFields
        {
            Status = ListStatus.Repeating,
            Progress = 0,
            StartedAt = _earlier,
        };

        Assert.Equal(rewatch with { Progress = 1 }, Next(rewatch, _twelve));
        Assert.Equal(
            rewatch with
            {
                Status = ListStatus.Completed,
                Progress = 12,
                Repeat = 1,
            },
            Next(rewatch with { Progress = 11 }, _twelve)
        );
    }

    [Theory]
    [InlineData(ListStatus.Completed, 12, 12, null)]
    [InlineData(ListStatus.Completed, 3, 12, null)]
    [InlineData(ListStatus.Current, 12, 12, null)]
    [InlineData(ListStatus.Repeating, 12, 12, null)]
    [InlineData(ListStatus.Current, 4, 12, 4)]
    [InlineData(ListStatus.Planning, 0, 12, 0)]
    [InlineData(ListStatus.Current, int.MaxValue, null, null)]
    public void There_is_no_next_episode(ListStatus status, int progress, int? episodes, int? aired)
    {
        var entry = new EntryFields { Status = status, Progress = progress };

        var (fields, problem) = EntryProgress.NextEpisode(entry, new(episodes, aired), _today, []);

        Assert.Equal(entry, fields);
        Assert.Equal(EntryField.Progress, problem?.Field);
    }

    [Fact]
    public void A_date_that_only_AniList_can_say_is_left()
    {
        var (fields, _) = EntryProgress.NextEpisode(new(), new(1, null), _today, [EntryField.StartedAt]);

        Assert.Equal(
            new()
            {
                Status = ListStatus.Completed,
                Progress = 1,
                CompletedAt = _day,
            },
            fields
        );
    }

    [Fact]
    public void It_is_never_completed_before_it_was_started()
    {
        var ahead = new EntryFields
        {
            Status = ListStatus.Current,
            Progress = 11,
            StartedAt = Entries.Date("2027"),
        };

        Assert.Equal(ahead with { Status = ListStatus.Completed, Progress = 12 }, Next(ahead, _twelve));
    }

    [Theory]
    [InlineData(ListStatus.Completed, 0)]
    [InlineData(ListStatus.Planning, 0)]
    [InlineData(ListStatus.Paused, 12)]
    [InlineData(ListStatus.Dropped, 12)]
    [InlineData(ListStatus.Current, 12)]
    [InlineData(ListStatus.Repeating, 12)]
    public void A_rewatch_begins_at_the_beginning_unless_a_viewing_was_under_way(ListStatus status, int progress)
    {
        var before = new EntryFields { Status = status, Progress = 12 };
        var after = before with { Status = ListStatus.Repeating };

        Assert.Equal(
            after with
            {
                Progress = progress,
            },
            EntryProgress.Follow(before, after, [EntryField.Status], _today)
        );
        Assert.Equal(after, EntryProgress.Follow(before, after, [EntryField.Status, EntryField.Progress], _today));
    }

    [Fact]
    public void An_entry_made_as_complete_was_completed_today_unless_it_says_otherwise()
    {
        var made = EntryFields.Default(ListStatus.Completed);

        Assert.Equal(made with { CompletedAt = _day }, EntryProgress.Follow(null, made, [EntryField.Status], _today));
        Assert.Equal(made, EntryProgress.Follow(null, made, [EntryField.CompletedAt], _today));
        Assert.Equal(made, EntryProgress.Follow(new(), made, [EntryField.Status], _today));
    }

    private static EntryFields Next(EntryFields entry, KnownTitle title)
    {
        var (fields, problem) = EntryProgress.NextEpisode(entry, title, _today, []);

        Assert.Null(problem);
        return fields;
    }
}
