using System.Text.Json;
using AnimeSync.AniList.Lists;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>Changes of somebody's list, and what becomes of each.</summary>
public sealed class ListWritesTests(ListWorld world) : IClassFixture<ListWorld>
{
    private const int NoTitle = 999_999_999;

    // All in the sandbox's catalogue.
    private static readonly int[] _titles = [1, 5, 6, 20, 21, 30, 43, 121, 164, 199];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lone_save_is_one_request_and_sets_what_it_names_alone()
    {
        var owner = await world.SomebodyAsync("Comfort");
        await world.PutAsync(
            owner,
            1,
            new
            {
                progress = 3,
                notes = "mine",
                scoreRaw = 77,
                updatedAt = 1,
            }
        );
        await world.ForgetRequestsAsync();

        var saved = await SaveAsync(owner, new EntrySave(1) { Progress = 4 });

        var entry = saved[1].Entry!;
        Assert.Equal(
            (WriteOutcome.Done, 4, "mine", 77),
            (saved[1].Outcome, entry.Progress, entry.Notes, entry.ScoreRaw)
        );
        Assert.Equal((owner.Id, 1, 1), (entry.UserId, entry.MediaId, entry.Media?.Id));
        Assert.Equal(4, (await world.EntryAsync(owner, 1)).GetProperty("progress").GetInt32());
        var request = Assert.Single(await world.RequestsAsync());
        Assert.True(request.HasToken);
    }

    [Fact]
    public async Task Every_field_arrives_and_can_be_cleared()
    {
        var owner = await world.SomebodyAsync("Comfort", "With friends");
        var whole = new EntrySave(1)
        {
            Status = MediaListStatus.Repeating,
            ScoreRaw = 73,
            Progress = 5,
            Repeat = 2,
            Priority = 9,
            Private = true,
            Notes = "\"quoted\" {and} $braced\nnaïve 日本",
            HiddenFromStatusLists = true,
            CustomLists = ["With friends", "Comfort"],
            StartedAt = new(FuzzyDate.Of(2024, 5, null)),
            CompletedAt = new(FuzzyDate.Of(2025, 1, 31)),
        };

        var entry = (await SaveAsync(owner, whole))[1].Entry!;

        Assert.Equal((whole.Status, whole.ScoreRaw, whole.Progress), (entry.Status, entry.ScoreRaw, entry.Progress));
        Assert.Equal((whole.Repeat, whole.Priority, whole.Private), (entry.Repeat, entry.Priority, entry.Private));
        Assert.Equal((whole.Notes, true), (entry.Notes, entry.HiddenFromStatusLists));
        Assert.Equal(["Comfort", "With friends"], entry.CustomLists);
        Assert.Equal((whole.StartedAt?.Date, whole.CompletedAt?.Date), (entry.StartedAt, entry.CompletedAt));

        var cleared = new EntrySave(1)
        {
            EntryId = entry.Id,
            ScoreRaw = 0,
            Notes = "",
            CustomLists = [],
            StartedAt = new(null),
            CompletedAt = new(null),
        };
        var less = (await SaveAsync(owner, cleared))[1].Entry!;

        Assert.Equal((entry.Id, 0, null), (less.Id, less.ScoreRaw, less.Notes));
        Assert.Empty(less.CustomLists);
        Assert.Equal((null, null, RemoteFields.None), (less.StartedAt, less.CompletedAt, less.Odd));
        Assert.Equal((MediaListStatus.Repeating, true), (less.Status, less.Private));
    }

    [Fact]
    public async Task Ten_saves_are_one_request()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();

        var saved = await SaveAsync(owner, [.. _titles.Select((id, i) => new EntrySave(id) { Progress = i })]);

        Assert.All(saved.Values, result => Assert.Equal(WriteOutcome.Done, result.Outcome));
        Assert.Equal(Enumerable.Range(0, 10), _titles.Select(id => saved[id].Entry?.Progress ?? -1));
        Assert.InRange(Assert.Single(await world.RequestsAsync()).Complexity, 1, 450);
    }

    [Fact]
    public async Task A_change_that_AniList_refuses_harms_none_of_the_others()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();

        var saved = await SaveAsync(
            owner,
            [
                .. _titles[..7].Select(id => new EntrySave(id) { Progress = 1 }),
                new(NoTitle) { Progress = 1 },
                new(_titles[7]) { ScoreRaw = 101, Repeat = 1001 },
                new(_titles[8]) { EntryId = int.MaxValue, Progress = 1 },
            ]
        );

        Assert.All(
            _titles[..7],
            id => Assert.Equal((WriteOutcome.Done, 1), (saved[id].Outcome, saved[id].Entry?.Progress))
        );
        Assert.Equal(
            (WriteOutcome.Refused, AniListFailure.Validation),
            (saved[NoTitle].Outcome, saved[NoTitle].Failure)
        );
        Assert.Equal("mediaId", Assert.Single(saved[NoTitle].Refusals).Name);
        Assert.Equal(["repeat", "scoreRaw"], saved[_titles[7]].Refusals.Select(refusal => refusal.Name).Order());
        Assert.All(saved[_titles[7]].Refusals, refusal => Assert.NotEmpty(refusal.Messages));
        Assert.Equal(
            (WriteOutcome.Refused, AniListFailure.NotFound),
            (saved[_titles[8]].Outcome, saved[_titles[8]].Failure)
        );
        // AniList names one culprit at a time.
        Assert.Equal(4, (await world.RequestsAsync()).Count);
    }

    [Fact]
    public async Task A_lost_answer_is_told_as_such_and_nothing_is_sent_again()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "SaveMediaListEntry",
                kind = "reset-after",
                times = 1,
            }
        );

        var saved = await SaveAsync(owner, new EntrySave(1) { Progress = 4 }, new EntrySave(5) { Progress = 2 });

        Assert.All(saved.Values, result => Assert.Equal(WriteOutcome.Lost, result.Outcome));
        Assert.All(saved.Values, result => Assert.Equal(AniListFailure.Unreachable, result.Failure));
        Assert.Equal(4, (await world.EntryAsync(owner, 1)).GetProperty("progress").GetInt32());
        Assert.Single(await world.RequestsAsync());
    }

    [Fact]
    public async Task A_part_that_is_lost_from_an_answer_does_not_take_the_others_along()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "SaveMediaListEntry",
                kind = "partial",
                times = 1,
            }
        );

        var saved = await SaveAsync(owner, new EntrySave(1) { Progress = 4 }, new EntrySave(5) { Progress = 2 });

        Assert.Equal((WriteOutcome.Done, WriteOutcome.Lost), (saved[1].Outcome, saved[5].Outcome));
        Assert.Single(await world.RequestsAsync());
    }

    [Fact]
    public async Task A_dead_token_leaves_everything_undone()
    {
        var owner = await world.SomebodyAsync();
        await world.RevokeTokensAsync(owner);

        var saved = await SaveAsync(owner, new EntrySave(1) { Progress = 4 });
        var deleted = await world.Writes.DeleteAsync(owner.Owner, 1, Cancellation);

        Assert.Equal((WriteOutcome.NotSent, AniListFailure.InvalidToken), (saved[1].Outcome, saved[1].Failure));
        Assert.Equal((WriteOutcome.NotSent, AniListFailure.InvalidToken), (deleted.Outcome, deleted.Failure));
    }

    [Fact]
    public async Task AniList_that_is_turned_off_leaves_everything_undone()
    {
        await using var dark = new ListWorld();
        await dark.InitializeAsync();
        var owner = await dark.SomebodyAsync();
        await dark.PlayAsync(new { match = "SaveMediaListEntry", kind = "disabled" });

        var saved = await dark.Writes.SaveAsync(owner.Owner, [new(1) { Progress = 4 }], Cancellation);
        // Now the gateway leaves it alone.
        var again = await dark.Writes.SaveAsync(owner.Owner, [new(1) { Progress = 4 }], Cancellation);

        Assert.Equal((WriteOutcome.NotSent, AniListFailure.Disabled), (saved[1].Outcome, saved[1].Failure));
        Assert.Equal((WriteOutcome.NotSent, AniListFailure.Disabled), (again[1].Outcome, again[1].Failure));
        Assert.NotNull(again[1].RetryAfter);
    }

    [Fact]
    public async Task What_is_sent_is_what_the_caller_says_when_the_turn_has_come()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();

        var saved = await world.Writes.SaveAsync(
            owner.Owner,
            [new(1) { Progress = 1 }, new(5) { Progress = 1 }],
            Cancellation,
            (planned, _) =>
            {
                Assert.Equal([1, 5], planned.Select(save => save.MediaId));
                return new(new WriteTurn([new(5) { Progress = 9 }], TimeSpan.FromSeconds(10)));
            }
        );

        Assert.Equal((WriteOutcome.Withdrawn, WriteOutcome.Done), (saved[1].Outcome, saved[5].Outcome));
        Assert.Equal(9, saved[5].Entry?.Progress);
        Assert.Equal(JsonValueKind.Undefined, (await world.EntryAsync(owner, 1)).ValueKind);
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_caller_takes_it_back()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();

        var saved = await world.Writes.SaveAsync(owner.Owner, [new(1)], Cancellation, (_, _) => new((WriteTurn?)null));
        var deleted = await world.Writes.DeleteAsync(owner.Owner, 1, Cancellation, _ => new(TimeSpan.Zero));

        Assert.Equal((WriteOutcome.Withdrawn, WriteOutcome.Withdrawn), (saved[1].Outcome, deleted.Outcome));
        Assert.Empty(await world.RequestsAsync());
    }

    [Fact]
    public async Task What_was_in_a_refused_request_and_is_not_sent_again_counts_as_lost()
    {
        var owner = await world.SomebodyAsync();
        var requests = 0;

        var saved = await world.Writes.SaveAsync(
            owner.Owner,
            [new(1) { Progress = 1 }, new(NoTitle) { Progress = 1 }],
            Cancellation,
            (planned, _) => new(requests++ == 0 ? new WriteTurn(planned) : null)
        );

        Assert.Equal((WriteOutcome.Lost, WriteOutcome.Refused), (saved[1].Outcome, saved[NoTitle].Outcome));
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task An_entry_is_deleted_once()
    {
        var owner = await world.SomebodyAsync();
        var entry = (await SaveAsync(owner, new EntrySave(1)))[1].Entry!;

        var first = await world.Writes.DeleteAsync(owner.Owner, entry.Id, Cancellation);
        var second = await world.Writes.DeleteAsync(owner.Owner, entry.Id, Cancellation);

        Assert.Equal(WriteOutcome.Done, first.Outcome);
        Assert.Equal((WriteOutcome.Refused, AniListFailure.NotFound), (second.Outcome, second.Failure));
        Assert.Equal(JsonValueKind.Undefined, (await world.EntryAsync(owner, 1)).ValueKind);
    }

    [Fact]
    public async Task A_mark_is_flipped_and_its_lost_answer_is_not_flipped_back()
    {
        var owner = await world.SomebodyAsync();
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "ToggleFavourite",
                kind = "reset-after",
                times = 1,
            }
        );

        var lost = await world.Writes.ToggleFavouriteAsync(owner.Owner, 1, Cancellation);
        var marks = await world.Reads.ReadFavouritesAsync(owner.Owner, [1], Cancellation);
        var done = await world.Writes.ToggleFavouriteAsync(owner.Owner, 1, Cancellation);
        var after = await world.Reads.ReadFavouritesAsync(owner.Owner, [1], Cancellation);
        var refused = await world.Writes.ToggleFavouriteAsync(owner.Owner, NoTitle, Cancellation);

        Assert.Equal((WriteOutcome.Lost, WriteOutcome.Done), (lost.Outcome, done.Outcome));
        Assert.Equal((true, false), (marks.Value![1], after.Value![1]));
        Assert.Equal((WriteOutcome.Refused, "animeId"), (refused.Outcome, Assert.Single(refused.Refusals).Name));
    }

    private Task<IReadOnlyDictionary<int, WriteResult>> SaveAsync(Somebody owner, params EntrySave[] saves) =>
        world.Writes.SaveAsync(owner.Owner, saves, Cancellation);
}
