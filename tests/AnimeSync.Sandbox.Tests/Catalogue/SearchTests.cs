using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

public sealed class SearchTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("SNK", 16498)]
    [InlineData("進撃の巨人", 16498)]
    [InlineData("attack titan", 16498)]
    [InlineData("FULLMETAL alchemist: brotherhood", 5114)]
    [InlineData("Naruto", 20)]
    public async Task Any_name_in_any_language_and_case_finds_a_title(string search, int id)
    {
        Assert.Contains(id, await FindAsync(search));
    }

    [Fact]
    public async Task The_closest_name_comes_first_and_popularity_decides_between_equals()
    {
        // All of these begin with the word; only two are called so, the anime being the more popular.
        Assert.Equal([20, 30011], (await FindAsync("naruto", ", sort: SEARCH_MATCH")).Take(2));
        Assert.Equal([20, 30011], (await FindAsync("naruto")).Take(2));
    }

    [Fact]
    public async Task A_named_order_wins_over_closeness()
    {
        var found = await FindAsync("naruto", ", sort: START_DATE");

        Assert.Equal(30011, found[0]);
    }

    [Theory]
    [InlineData("n")]
    [InlineData(" ")]
    [InlineData("no such title anywhere")]
    public async Task A_single_letter_finds_nothing_and_neither_does_nonsense(string search)
    {
        Assert.Empty(await FindAsync(search));
    }

    [Fact]
    public async Task A_word_said_often_is_one_word_and_more_than_two_hundred_letters_find_nothing_at_once()
    {
        var often = string.Concat(Enumerable.Repeat("naruto ", 28));
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal(await FindAsync("naruto", ", sort: ID"), await FindAsync(often, ", sort: ID"));
        Assert.Empty(await FindAsync(often.PadRight(201)));
        Assert.Empty(await FindAsync(string.Concat(Enumerable.Repeat("a ", 50_000))));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    private async Task<List<int>> FindAsync(string search, string more = "")
    {
        var data = await sandbox.DataAsync(
            $"query($search: String) {{ Page {{ media(search: $search{more}) {{ id }} }} }}",
            new { search }
        );
        return [.. Ids(data.GetProperty("Page").GetProperty("media"))];
    }

    private static IEnumerable<int> Ids(JsonElement media) =>
        media.EnumerateArray().Select(found => found.GetProperty("id").GetInt32());
}
