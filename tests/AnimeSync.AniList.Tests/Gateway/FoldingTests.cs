using System.Globalization;
using AnimeSync.AniList.Tests.Operations;
using CsCheck;

namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>Many questions in one request, and each with the answer of a call of its own.</summary>
public sealed class FoldingTests(Upstream upstream) : IClassFixture<Upstream>
{
    private static readonly PublicQueries _queries = new(
        [1, 5, 20, 30, 457, 900_001, 900_400, 999_999_999],
        [40, 90_000_001],
        [118],
        [1, 2, 21],
        ["bebop", "naruto", "ä \"quoted\" \\ 鬼 😀"]
    );

    [Fact]
    public Task Any_set_of_public_queries_gets_folded_what_each_gets_alone() =>
        _queries
            .Queries.Array[2, 12]
            .SampleAsync(
                async queries =>
                {
                    await using var process = new GatewayProcess(upstream.Address);
                    var texts = queries.Select(query => query.ToString()).Distinct().ToList();

                    var folded = await Task.WhenAll(texts.Select(text => process.AskAsync(text)));

                    for (var i = 0; i < texts.Count; i++)
                    {
                        Assert.Equal(await upstream.AskAloneAsync(texts[i]), folded[i].Text);
                    }
                },
                iter: 60
            );

    [Fact]
    public async Task Sixty_different_queries_that_wait_together_need_at_most_twelve_requests()
    {
        await using var process = new GatewayProcess(upstream.Address);
        var texts = ClientQueries.Sixty;
        await upstream.ForgetRequestsAsync();

        var folded = await Task.WhenAll(texts.Select(text => process.AskAsync(text)));

        var requests = await upstream.RequestsAsync();
        Assert.True(requests.Count <= 12, string.Join('\n', requests.Select(fields => string.Join(' ', fields))));
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.Equal(await upstream.AskAloneAsync(texts[i]), folded[i].Text);
        }
    }

    [Fact]
    public async Task Titles_by_id_with_one_selection_become_one_page()
    {
        await using var process = new GatewayProcess(upstream.Address);
        await upstream.ForgetRequestsAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(900_001, 50)
                .Select(id => process.AskAsync($"{{m:Media(id:{Text(id)}){{id title{{romaji}}}}}}"))
        );

        Assert.Equal(["Page"], Assert.Single(await upstream.RequestsAsync()));
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.StartsWith($"200 {{\"data\":{{\"m\":{{\"id\":{900_001 + i},\"title\":", answers[i].Text);
        }
    }

    [Fact]
    public async Task A_title_that_is_not_there_is_asked_for_alone_and_harms_nobody()
    {
        await using var process = new GatewayProcess(upstream.Address);
        string[] texts =
        [
            "{Media(id:1){id}}",
            "{Media(id:999999999){id}}",
            "{Media(id:5){id}}",
            "{Staff(id:999999999){id}}",
        ];
        await upstream.ForgetRequestsAsync();

        var answers = await Task.WhenAll(texts.Select(text => process.AskAsync(text)));

        // All of them, the rest without the one the error pointed to, and the two that are not there.
        Assert.InRange((await upstream.RequestsAsync()).Count, 3, 4);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(await upstream.AskAloneAsync(texts[i]), answers[i].Text);
        }
    }

    [Fact]
    public async Task Who_only_needs_to_know_that_titles_are_not_there_costs_one_request()
    {
        await using var process = new GatewayProcess(upstream.Address);
        await upstream.ForgetRequestsAsync();

        var failures = await process.FindAsync(1, 999_999_990, 5, 999_999_991, 999_999_992);

        Assert.Equal([null, AniListFailure.NotFound, null, AniListFailure.NotFound, AniListFailure.NotFound], failures);
        Assert.Equal(["Page"], Assert.Single(await upstream.RequestsAsync()));
    }

    [Fact]
    public async Task A_name_of_ours_in_a_clients_query_is_the_clients()
    {
        await using var process = new GatewayProcess(upstream.Address);
        string[] texts = ["{Media(id:1){animesync_id:id idMal}}", "{Media(id:5){animesync_id:id idMal}}"];

        var answers = await Task.WhenAll(texts.Select(text => process.AskAsync(text)));

        Assert.Equal(await upstream.AskAloneAsync(texts[0]), answers[0].Text);
        Assert.Equal(await upstream.AskAloneAsync(texts[1]), answers[1].Text);
    }

    [Fact]
    public async Task One_persons_edits_that_wait_go_ten_at_a_time_and_nobody_elses_with_them()
    {
        await using var process = new GatewayProcess(
            upstream.Address,
            options => options with { RequestsPerMinute = 60, Burst = 1 }
        );
        var (rin, mika) = (await upstream.TokenAsync("rin"), await upstream.TokenAsync("mika"));
        var (rinsId, mikasId) = (Guid.NewGuid(), Guid.NewGuid());
        await upstream.ForgetRequestsAsync();

        var edits = Enumerable
            .Range(1, 12)
            .Select(i => process.AskAsync(Edit(900_100 + i, i), rinsId, rin))
            .Append(process.AskAsync(Edit(900_101, 77), mikasId, mika));
        var answers = await Task.WhenAll(edits);

        for (var i = 1; i <= 12; i++)
        {
            Assert.Equal(
                $"200 {{\"data\":{{\"e\":{{\"mediaId\":{900_100 + i},\"progress\":{i}}}}}}}",
                answers[i - 1].Text
            );
        }

        Assert.EndsWith("\"progress\":77}}}", answers[12].Text, StringComparison.Ordinal);
        // Ten and two of the one, one of the other.
        Assert.Equal(3, (await upstream.RequestsAsync()).Count);
    }

    private static string Edit(int media, int progress) =>
        $"mutation{{e:SaveMediaListEntry(mediaId:{Text(media)},progress:{Text(progress)}){{mediaId progress}}}}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
