using AnimeSync.AniList.Lists;

namespace AnimeSync.AniList.Tests.Lists;

/// <summary>What changed last, page by page.</summary>
public sealed class ListChangesTests(ListWorld world) : IClassFixture<ListWorld>
{
    // After whatever else is on the sandbox's lists.
    private const int Base = 1_900_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_request_without_a_token_shows_the_newest_changes_of_many_users()
    {
        List<Somebody> users = [await world.SomebodyAsync(), await world.SomebodyAsync(), await world.SomebodyAsync()];
        await world.PutAsync(users[0], 1, new { progress = 1, updatedAt = Base + 1 });
        await world.PutAsync(users[1], 1, new { progress = 2, updatedAt = Base + 3 });
        await world.PutAsync(
            users[2],
            5114,
            new
            {
                progress = 3,
                updatedAt = Base + 2,
                notes = "seen by all",
            }
        );
        await world.PutAsync(
            users[2],
            1,
            new Dictionary<string, object> { ["private"] = true, ["updatedAt"] = Base + 4 }
        );
        await world.ForgetRequestsAsync();

        var answer = await world.Reads.ReadChangesAsync([.. users.Select(user => user.Id)], 1, Cancellation);

        var page = answer.Value!;
        Assert.Equal([2, 3, 1], page.Found.Entries.Select(entry => entry.Progress));
        Assert.Equal([users[1].Id, users[2].Id, users[0].Id], page.Found.Entries.Select(entry => entry.UserId));
        Assert.Equal("seen by all", page.Found.Entries[1].Notes);
        Assert.Equal(
            (Base + 3, Base + 1),
            (page.NewestUpdate?.ToUnixTimeSeconds(), page.OldestUpdate?.ToUnixTimeSeconds())
        );
        Assert.Equal((false, false), (page.HasNext, page.IsAtDepth));
        Assert.Null(page.ShownDownTo);
        // Without the owner's token a null may hide something, or nothing.
        Assert.All(page.Found.Entries, entry => Assert.Equal(RemoteFields.CustomLists, entry.Unseen));
        var request = Assert.Single(await world.RequestsAsync());
        Assert.Equal(("ListChangesOfMany", false), (request.Operation, request.HasToken));
        Assert.InRange(request.Complexity, 1, 450);
    }

    [Fact]
    public async Task Their_owners_token_shows_private_entries_too()
    {
        var owner = await world.SomebodyAsync();
        await world.PutAsync(owner, 1, new Dictionary<string, object> { ["private"] = true, ["updatedAt"] = Base });

        var answer = await world.Reads.ReadChangesAsync(owner.Owner, 1, Cancellation);

        var entry = Assert.Single(answer.Value!.Found.Entries);
        Assert.Equal((true, RemoteFields.None), (entry.Private, entry.Unseen));
    }

    [Fact]
    public async Task Pages_follow_each_other_until_there_are_no_more()
    {
        var mika = await world.FindAsync("mika");
        var seen = new List<RemoteEntry>();
        ChangesPage? page = null;
        for (var number = 1; page is null or { HasNext: true }; number++)
        {
            page = (await world.Reads.ReadChangesAsync(mika.Owner, number, Cancellation)).Value!;
            seen.AddRange(page.Found.Entries);
        }

        Assert.Equal(430, seen.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(entry => entry.UpdatedAt), seen);
        Assert.False(page.IsAtDepth);
    }

    [Fact]
    public async Task The_last_page_AniList_gives_out_says_that_there_may_be_more()
    {
        var archive = await world.FindAsync("archive");

        var page = (await world.Reads.ReadChangesAsync(archive.Owner, ChangesPage.Deepest, Cancellation)).Value!;

        Assert.Equal(50, page.Found.Entries.Count);
        Assert.Equal((false, true), (page.HasNext, page.IsAtDepth));
        Assert.Equal(page.OldestUpdate, page.ShownDownTo);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            world.Reads.ReadChangesAsync(archive.Owner, ChangesPage.Deepest + 1, Cancellation)
        );
    }

    [Fact]
    public async Task What_somebody_hides_is_just_not_there()
    {
        var (shown, hidden) = (await world.SomebodyAsync(), await world.SomebodyAsync());
        await world.PutAsync(shown, 1, new { progress = 1, updatedAt = Base });
        await world.PutAsync(hidden, 1, new { progress = 1, updatedAt = Base });
        await world.HideAsync(hidden);

        var answer = await world.Reads.ReadChangesAsync([shown.Id, hidden.Id], 1, Cancellation);

        Assert.Equal(shown.Id, Assert.Single(answer.Value!.Found.Entries).UserId);
    }

    [Fact]
    public async Task Every_read_shows_the_present()
    {
        var owner = await world.SomebodyAsync();
        for (var progress = 1; progress <= 3; progress++)
        {
            await world.PutAsync(owner, 1, new { progress });

            var answer = await world.Reads.ReadChangesAsync([owner.Id], 1, Cancellation);

            Assert.Equal(progress, Assert.Single(answer.Value!.Found.Entries).Progress);
        }
    }

    [Fact]
    public async Task The_owners_options_and_marks_are_read_with_their_token()
    {
        var mika = await world.FindAsync("mika");

        var options = (await world.Reads.ReadOptionsAsync(mika.Owner, Cancellation)).Value!;
        var marks = (
            await world.Reads.ReadFavouritesAsync(mika.Owner, [5114, 1, 21, 999_999_999], Cancellation)
        ).Value!;

        Assert.Equal((mika.Id, "mika", "POINT_10_DECIMAL"), (options.UserId, options.Name, options.ScoreFormat));
        Assert.Equal(["Rainy days"], options.CustomLists);
        Assert.Equal(
            new Dictionary<int, bool>
            {
                [1] = true,
                [21] = false,
                [5114] = true,
            },
            marks.OrderBy(m => m.Key)
        );
    }
}
