using AnimeSync.AniList.Lists;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>Certain entries, of many users in one request.</summary>
public sealed class EntrySearchTests(ListWorld world) : IClassFixture<ListWorld>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_of_many_users_are_found_in_few_requests_and_those_that_are_not_there_are_named()
    {
        var users = new List<Somebody>();
        for (var i = 0; i < 20; i++)
        {
            users.Add(await world.SomebodyAsync());
            await world.PutAsync(users[i], 1, new { progress = i });
        }

        await world.ForgetRequestsAsync();
        var found = await world.Reads.FindAsync(
            users.SelectMany(user => (EntryKey[])[new(user.Id, 1), new(user.Id, 5114), new(user.Id, 1)]),
            Cancellation
        );

        Assert.Equal(users.Select(user => user.Id).Order(), found.Entries.Select(entry => entry.UserId).Order());
        Assert.Equal(Enumerable.Range(0, 20), found.Entries.Select(entry => entry.Progress).Order());
        Assert.Equal(
            users.Select(user => new EntryKey(user.Id, 5114)).OrderBy(key => key.UserId),
            found.Absent.OrderBy(key => key.UserId)
        );
        Assert.Empty(found.Unanswered);
        Assert.Empty(found.Refused);
        var requests = await world.RequestsAsync();
        Assert.Equal(2, requests.Count);
        Assert.All(requests, request => Assert.False(request.HasToken));
        Assert.All(requests, request => Assert.InRange(request.Complexity, 1, 450));
    }

    [Fact]
    public async Task More_titles_than_a_page_holds_are_all_asked_for()
    {
        var mika = await world.FindAsync("mika");
        var all = (await world.Reads.Pull(mika.Owner).NextAsync(Cancellation)).Value!.Entries;
        await world.ForgetRequestsAsync();

        var found = await world.Reads.FindAsync(mika.Owner, all.Select(entry => entry.MediaId), Cancellation);

        Assert.Equal(all.Select(entry => entry.Id).Order(), found.Entries.Select(entry => entry.Id).Order());
        Assert.Contains(found.Entries, entry => entry.Private);
        Assert.Single(await world.RequestsAsync());
    }

    [Fact]
    public async Task Without_the_owners_token_a_private_entry_is_absent()
    {
        var owner = await world.SomebodyAsync();
        await world.PutAsync(owner, 1, new Dictionary<string, bool> { ["private"] = true });

        var found = await world.Reads.FindAsync([new(owner.Id, 1)], Cancellation);
        var seen = await world.Reads.FindAsync(owner.Owner, [1], Cancellation);

        Assert.Equal([new(owner.Id, 1)], found.Absent);
        Assert.Equal(1, Assert.Single(seen.Entries).MediaId);
    }

    [Fact]
    public async Task A_hidden_list_is_refused_without_harm_to_others()
    {
        List<Somebody> users = [await world.SomebodyAsync(), await world.SomebodyAsync(), await world.SomebodyAsync()];
        foreach (var user in users)
        {
            await world.PutAsync(user, 1, new { progress = 1 });
        }

        await world.HideAsync(users[1]);
        await world.ForgetRequestsAsync();
        var found = await world.Reads.FindAsync(users.Select(user => new EntryKey(user.Id, 1)), Cancellation);

        Assert.Equal([users[0].Id, users[2].Id], found.Entries.Select(entry => entry.UserId));
        Assert.Equal(KeyValuePair.Create(new EntryKey(users[1].Id, 1), AniListFailure.Private), found.Refused.Single());
        Assert.Empty(found.Absent);
        Assert.Equal(2, (await world.RequestsAsync()).Count);
    }

    [Fact]
    public async Task When_AniList_stumbles_nothing_is_taken_for_absent()
    {
        var owner = await world.SomebodyAsync();
        await world.PutAsync(owner, 1, new { progress = 1 });
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "FindEntries",
                kind = "server-error",
                times = 1,
            }
        );

        var found = await world.Reads.FindAsync([new(owner.Id, 1), new(owner.Id, 2)], Cancellation);

        Assert.Equal(AniListFailure.Rejected, found.Failure);
        Assert.Equal([new(owner.Id, 1), new(owner.Id, 2)], found.Unanswered);
        Assert.Empty(found.Absent);
    }

    [Fact]
    public async Task A_part_that_is_lost_from_an_answer_is_not_taken_for_absent()
    {
        var (first, second) = (await world.SomebodyAsync(), await world.SomebodyAsync());
        await world.PutAsync(first, 1, new { progress = 1 });
        await world.PutAsync(second, 1, new { progress = 2 });
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "FindEntries",
                kind = "partial",
                times = 1,
            }
        );

        var found = await world.Reads.FindAsync([new(first.Id, 1), new(second.Id, 1)], Cancellation);

        Assert.Equal(first.Id, Assert.Single(found.Entries).UserId);
        Assert.Equal([new(second.Id, 1)], found.Unanswered);
        Assert.Empty(found.Absent);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_once_more()
    {
        var owner = await world.SomebodyAsync();
        await world.PutAsync(owner, 1, new { progress = 1 });
        await world.ForgetRequestsAsync();
        await world.PlayAsync(
            new
            {
                match = "FindEntries",
                kind = "reset",
                times = 1,
            }
        );

        var found = await world.Reads.FindAsync([new(owner.Id, 1)], Cancellation);

        Assert.Equal(1, Assert.Single(found.Entries).Progress);
        Assert.Equal(2, (await world.RequestsAsync()).Count);
    }
}
