using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Tests.Gateway.Budget;
using AnimeSync.AniList.Tests.Operations;
using CsCheck;

namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>What everybody may share is asked once; what is somebody's own is never anybody else's.</summary>
[Trait("Needs", "redis")]
public sealed class SharingTests(Upstream upstream, BudgetRedis redis) : IClassFixture<Upstream>
{
    private const string Title = "{Media(id:1){id title{romaji}}}";

    private static readonly string[] _ofTheViewer =
    [
        "{{Viewer{{id name}}{0}}}",
        "{{Media(id:1){{id mediaListEntry{{status progress}} isFavourite}}{0}}}",
        "{{Media(id:30){{title{{userPreferred}} isFavourite}}{0}}}",
        "{{{0} MediaListCollection(userName:\"rin\",type:ANIME,perChunk:1,chunk:1){{user{{name}} hasNextChunk}}}}",
        "query($x:Boolean=true){{{0} Viewer@include(if:$x){{id options{{titleLanguage}}}}}}",
        "{{{0} ...on Query{{v:Viewer{{name}}}}}}",
        "query{{...f {0}}}fragment f on Query{{Page(perPage:3){{media(sort:[ID]){{id isFavourite title{{userPreferred}}}}}}}}",
    ];

    private static readonly PublicQueries _queries = new([1, 5, 457], [40], [118], [1], ["bebop"]);

    [Fact]
    public async Task Another_process_finds_the_answer_in_Redis()
    {
        await using var first = Process();
        await using var second = Process();
        await first.AskAsync(Title);
        await upstream.ForgetRequestsAsync();

        var answer = await second.AskAsync("query Other {\n  Media(id: 1) { id, title { romaji } }\n}");

        Assert.Equal(AnswerSource.Cache, answer.Source);
        Assert.Equal(await upstream.AskAloneAsync(Title), answer.Text);
        Assert.Single(await upstream.RequestsAsync());
    }

    [Fact]
    public async Task Two_processes_that_ask_together_cost_one_request()
    {
        await using var first = Process();
        await using var second = Process();
        await upstream.ForgetRequestsAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? first : second).AskAsync("{Media(id:5){id idMal}}"))
        );

        Assert.Single(await upstream.RequestsAsync());
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
    }

    [Fact]
    public async Task A_waiter_that_goes_away_leaves_the_others_their_answer()
    {
        await using var process = Process();
        using var impatient = new CancellationTokenSource();

        var first = process.AskAsync("{Media(id:30){id}}", impatient.Token);
        var second = process.AskAsync("{Media(id:30){id}}");
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("200 {\"data\":{\"Media\":{\"id\":30}}}", (await second).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_field_of_the_viewer_anywhere_shows_each_their_own(bool withRedis)
    {
        await using var process = withRedis ? Process() : new GatewayProcess(upstream.Address);
        var people = new[]
        {
            (Guid.NewGuid(), await upstream.TokenAsync("rin")),
            (Guid.NewGuid(), await upstream.TokenAsync("mika")),
        };

        await Gen.Select(Gen.Int[0, _ofTheViewer.Length - 1].Select(i => _ofTheViewer[i]), _queries.Queries)
            .Select(
                (shape, query) =>
                    string.Format(
                        null,
                        shape,
                        string.Join(' ', query.Fields.Select((field, i) => field with { Alias = $"a{i}" }))
                    )
            )
            .SampleAsync(
                async text =>
                {
                    // Twice each, mixed, so that caching and sharing have every chance.
                    var asked = await Task.WhenAll(
                        people.Concat(people).Select(person => process.AskAsync(text, person.Item1, person.Item2))
                    );

                    for (var i = 0; i < asked.Length; i++)
                    {
                        Assert.Equal(await upstream.AskAloneAsync(text, people[i % 2].Item2), asked[i].Text);
                    }
                },
                iter: 40
            );
    }

    [Fact]
    public async Task After_an_edit_nobody_is_shown_their_own_past_at_any_process()
    {
        await using var first = Process();
        await using var second = Process();
        var (solo, token) = (Guid.NewGuid(), await upstream.TokenAsync("solo"));
        const string Read = "{Media(id:1){mediaListEntry{progress}}}";

        for (var progress = 1; progress <= 10; progress++)
        {
            await second.AskAsync(Read, solo, token);
            await first.AskAsync($"mutation{{SaveMediaListEntry(mediaId:1,progress:{progress}){{id}}}}", solo, token);

            var read = await second.AskAsync(Read, solo, token);
            var again = await first.AskAsync(Read, solo, token);

            Assert.EndsWith($"\"progress\":{progress}}}}}}}}}", read.Text, StringComparison.Ordinal);
            Assert.Equal(read.Text, again.Text);
            Assert.Equal(AnswerSource.Cache, again.Source);
        }
    }

    private GatewayProcess Process() =>
        new(upstream.Address, options => options with { Redis = () => Task.FromResult(redis.Connection) });
}
