using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Community;

public sealed class ReviewTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Save =
        "mutation ($id: Int, $body: String, $summary: String, $score: Int, $private: Boolean) { SaveReview(id: $id, mediaId: 20, body: $body, summary: $summary, score: $score, private: $private) { id score private } }";

    [Fact]
    public async Task A_review_is_written_rated_changed_and_removed()
    {
        var rin = await sandbox.TokenOfAsync("rin");
        var mika = await sandbox.TokenOfAsync("mika");
        var id = (await sandbox.DataAsync(Save, Review(score: 70), rin)).GetProperty("SaveReview").GetProperty("id");
        var rated = await sandbox.DataAsync(
            $"mutation {{ RateReview(reviewId: {id}, rating: UP_VOTE) {{ rating ratingAmount userRating }} }}",
            token: mika
        );
        var changed = await sandbox.DataAsync(
            $"mutation {{ SaveReview(id: {id}, score: 71) {{ score summary }} }}",
            token: rin
        );
        var listed = await ReviewsAsync("mediaId: 20");
        await sandbox.DataAsync($"mutation {{ DeleteReview(id: {id}) {{ deleted }} }}", token: rin);

        Assert.Equal(
            """{"rating":1,"ratingAmount":1,"userRating":"UP_VOTE"}""",
            rated.GetProperty("RateReview").GetRawText()
        );
        Assert.Equal(71, changed.GetProperty("SaveReview").GetProperty("score").GetInt32());
        Assert.Equal(Summary, changed.GetProperty("SaveReview").GetProperty("summary").GetString());
        Assert.Equal([id.GetInt32()], listed);
        Assert.Empty(await ReviewsAsync("mediaId: 20"));
    }

    [Fact]
    public async Task A_private_review_is_its_authors()
    {
        var token = await sandbox.TokenOfAsync("mika");
        var id = (await sandbox.DataAsync(Save, Review(score: 10, isPrivate: true), token))
            .GetProperty("SaveReview")
            .GetProperty("id");

        Assert.Equal(404, (await sandbox.RefusalAsync($"{{ Review(id: {id}) {{ id }} }}")).Status);
        Assert.Equal(200, (await sandbox.RefusalAsync($"{{ Review(id: {id}) {{ id }} }}", token: token)).Status);
        await sandbox.DataAsync($"mutation {{ DeleteReview(id: {id}) {{ deleted }} }}", token: token);
    }

    [Theory]
    [InlineData("body", "Too short.", Summary, 50)]
    [InlineData("summary", Body, "Short.", 50)]
    [InlineData("score", Body, Summary, 101)]
    public async Task A_review_has_AniLists_lengths(string argument, string body, string summary, int score)
    {
        var (status, answer) = await sandbox.RefusalAsync(
            Save,
            new
            {
                body = body == Body ? new string('x', 2600) : body,
                summary,
                score,
            },
            await sandbox.TokenOfAsync("rin")
        );

        Assert.Equal(400, status);
        using var parsed = JsonDocument.Parse(answer);
        Assert.True(
            parsed.RootElement.GetProperty("errors")[0].GetProperty("validation").TryGetProperty(argument, out _)
        );
    }

    [Fact]
    public async Task Reviews_can_be_narrowed_and_sorted()
    {
        Assert.Equal(2, (await ReviewsAsync("mediaId: 5114")).Count);
        Assert.Single(await ReviewsAsync("mediaType: MANGA"));
        Assert.Equal(
            await ReviewsAsync("sort: SCORE"),
            (await ReviewsAsync("sort: SCORE_DESC")).AsEnumerable().Reverse()
        );
    }

    [Fact]
    public async Task A_recommendation_counts_everybodys_opinion()
    {
        const string Rate =
            "mutation ($rating: RecommendationRating) { SaveRecommendation(mediaId: 1, mediaRecommendationId: 205, rating: $rating) { id rating userRating } }";
        var token = await sandbox.TokenOfAsync("solo");
        var up = (await sandbox.DataAsync(Rate, new { rating = "RATE_UP" }, token)).GetProperty("SaveRecommendation");
        var down = (await sandbox.DataAsync(Rate, new { rating = "RATE_DOWN" }, token)).GetProperty(
            "SaveRecommendation"
        );
        var best = await sandbox.DataAsync(
            "{ Media(id: 1) { recommendations(sort: RATING_DESC, perPage: 2) { nodes { rating mediaRecommendation { id } } edges { node { id } } pageInfo { hasNextPage } } } }"
        );
        var nodes = best.GetProperty("Media").GetProperty("recommendations").GetProperty("nodes");

        Assert.Equal(up.GetProperty("rating").GetInt32() - 2, down.GetProperty("rating").GetInt32());
        Assert.Equal("RATE_DOWN", down.GetProperty("userRating").GetString());
        Assert.Equal(205, nodes[0].GetProperty("mediaRecommendation").GetProperty("id").GetInt32());
        Assert.Equal(6, nodes[1].GetProperty("mediaRecommendation").GetProperty("id").GetInt32());
    }

    private const string Summary = "Loud, long, and it grows on one.";
    private const string Body = "(long enough)";

    private static object Review(int score, bool isPrivate = false) =>
        new
        {
            body = new string('x', 2600),
            summary = Summary,
            score,
            @private = isPrivate,
        };

    private async Task<List<int>> ReviewsAsync(string arguments) =>
        [
            .. (await sandbox.DataAsync($"{{ Page {{ reviews({arguments}) {{ id }} }} }}"))
                .GetProperty("Page")
                .GetProperty("reviews")
                .EnumerateArray()
                .Select(review => review.GetProperty("id").GetInt32()),
        ];
}
