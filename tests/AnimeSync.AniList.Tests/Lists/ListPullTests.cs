using AnimeSync.AniList.Lists;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>Somebody's whole list, chunk by chunk.</summary>
public sealed class ListPullTests(ListWorld world) : IClassFixture<ListWorld>
{
    private const int Bebop = 1;
    private const int Alchemist = 5114;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_of_2500_entries_takes_six_requests_at_most()
    {
        var haru = await world.FindAsync("haru");
        var known = (await PullAsync(haru)).Entries.ConvertAll(entry => entry.MediaId).ToHashSet();
        var others = (await PullAsync(await world.FindAsync("archive"))).Entries.Select(entry => entry.MediaId);
        foreach (var mediaId in others.Where(mediaId => !known.Contains(mediaId)).Take(2_500 - known.Count))
        {
            await world.PutAsync(haru, mediaId, new { status = "PLANNING" });
        }

        await world.ForgetRequestsAsync();
        var (pull, entries) = await PullAsync(haru);

        Assert.True(pull.IsComplete);
        Assert.Equal(2_500, entries.Select(entry => entry.MediaId).Distinct().Count());
        Assert.Equal((2_500, 2_500), (entries.Count, pull.Seen));
        Assert.All(entries, entry => Assert.Equal((haru.Id, RemoteFields.None), (entry.UserId, entry.Unseen)));
        Assert.All(entries, entry => Assert.Equal(entry.MediaId, entry.Media?.Id));
        Assert.Contains(entries, entry => entry.Private);
        var requests = await world.RequestsAsync();
        Assert.InRange(requests.Count, 5, 6);
        Assert.All(requests, request => Assert.InRange(request.Complexity, 1, 450));
    }

    [Fact]
    public async Task As_many_entries_as_AniList_shows_are_all_read_but_never_taken_for_all_there_are()
    {
        var archive = await world.FindAsync("archive");

        var (pull, entries) = await PullAsync(archive);

        Assert.Equal(11_000, entries.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(11_000, entries.Count);
        Assert.True(pull.IsOver);
        Assert.False(pull.IsComplete);
    }

    [Fact]
    public async Task An_entry_in_several_lists_or_hidden_in_one_is_read_once_with_the_names_of_them()
    {
        var owner = await world.SomebodyAsync("Comfort", "With friends", "Empty");
        await world.PutAsync(
            owner,
            Bebop,
            new { status = "COMPLETED", customLists = (string[])["With friends", "Comfort"] }
        );
        await world.PutAsync(
            owner,
            Alchemist,
            new { hiddenFromStatusLists = true, customLists = (string[])["Comfort"] }
        );

        var (pull, entries) = await PullAsync(owner);

        Assert.True(pull.IsComplete);
        Assert.Equal([Bebop, Alchemist], entries.Select(entry => entry.MediaId).Order());
        var bebop = entries.Single(entry => entry.MediaId == Bebop);
        Assert.Equal(["Comfort", "With friends"], bebop.CustomLists);
        Assert.Equal((MediaListStatus.Completed, false), (bebop.Status, bebop.HiddenFromStatusLists));
        Assert.Equal("Cowboy Bebop", bebop.Media?.English);
        Assert.True(entries.Single(entry => entry.MediaId == Alchemist).HiddenFromStatusLists);
    }

    [Fact]
    public async Task An_empty_list_is_complete()
    {
        var (pull, entries) = await PullAsync(await world.SomebodyAsync());

        Assert.Empty(entries);
        Assert.True(pull.IsComplete);
    }

    [Fact]
    public async Task A_failed_step_is_taken_again_and_nothing_is_lost()
    {
        var mika = await world.FindAsync("mika");
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "ListChunk",
                kind = "server-error",
                times = 1,
                user = "mika",
            }
        );
        var pull = world.Reads.Pull(mika.Owner);

        var failed = await pull.NextAsync(Cancellation);
        var read = await pull.NextAsync(Cancellation);

        Assert.Equal((AniListFailure.Rejected, null), (failed.Failure, failed.Value));
        Assert.Equal((430, 430), (read.Value?.Entries.Count, pull.Seen));
        Assert.True(pull.IsComplete);
    }

    [Fact]
    public async Task A_chunk_that_is_too_much_is_asked_for_in_smaller_ones()
    {
        var mika = await world.FindAsync("mika");
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "ListChunk",
                kind = "huge",
                times = 2,
                user = "mika",
            }
        );

        var (pull, entries) = await PullAsync(mika);

        Assert.True(pull.IsComplete);
        Assert.Equal(430, entries.Select(entry => entry.Id).Distinct().Count());
        // Twice too much, then four of 125.
        Assert.Equal(6, (await world.RequestsAsync()).Count);
    }

    [Fact]
    public async Task A_dead_token_is_told_and_says_nothing_of_the_list()
    {
        var owner = await world.SomebodyAsync();
        await world.RevokeTokensAsync(owner);
        var pull = world.Reads.Pull(owner.Owner);

        var answer = await pull.NextAsync(Cancellation);

        Assert.Equal((AniListFailure.InvalidToken, false), (answer.Failure, pull.IsOver));
    }

    [Fact]
    public async Task The_time_of_an_answer_is_told_by_AniLists_clock_and_ours()
    {
        var owner = await world.SomebodyAsync();
        await world.PlayAsync(
            new
            {
                match = "ListChunk",
                kind = "clock-skew",
                skew = 3600,
                times = 1,
                user = owner.Name,
            }
        );

        var time = (await world.Reads.Pull(owner.Owner).NextAsync(Cancellation)).Time;

        var ahead = time.ReceivedAt.AddHours(1);
        Assert.InRange(time.ByOurClock(ahead), time.ReceivedAt.AddSeconds(-5), time.ReceivedAt.AddSeconds(5));
    }

    private async Task<(ListPull Pull, List<RemoteEntry> Entries)> PullAsync(Somebody owner)
    {
        var pull = world.Reads.Pull(owner.Owner);
        var entries = new List<RemoteEntry>();
        while (!pull.IsOver)
        {
            var step = await pull.NextAsync(Cancellation);
            Assert.True(step.Failure is null or AniListFailure.Broken, $"{step.Failure}");
            entries.AddRange(step.Value?.Entries ?? []);
        }

        return (pull, entries);
    }
}
