using System.Net;
using System.Text;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.SignIn;

namespace AnimeSync.BlackBox.Tests.Gateway;

[Collection(GatewayReplicas.Alone)]
public sealed class LargeAnswerTests
{
    private const int Answers = 120;

    private static readonly string _items = string.Join(
        ',',
        Enumerable.Range(1, 100_000).Select(id => $"{{\"id\":{id},\"title\":{{\"romaji\":\"Some title or other\"}}}}")
    );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_thousand_items_in_every_answer_are_passed_on_and_do_not_pile_up()
    {
        var body = $"{{\"data\":{{\"Page\":{{\"pageInfo\":{{\"hasNextPage\":true}},\"media\":[{_items}]}}}}}}";
        await using var aniList = await AniListStub.StartAsync();
        aniList.OnAnyone = context => AniListStub.AnswerAsync(context, 200, body);
        await using var service = await Service.StartAsync(
            new Dictionary<string, string?>
            {
                ["ANILIST_BASE_URL"] = aniList.Address.ToString(),
                ["ANILIST_GRAPHQL_URL"] = aniList.Address.ToString(),
                ["REDIS_URL"] = null,
            }
        );
        var started = await StubbedService.StartAsync(new SignInFlow(service.Address));
        using var client = service.CreateClient((await started.FinishAsync(aniList.Grant())).AccessToken);

        var before = 0L;
        for (var page = 1; page <= Answers; page++)
        {
            using var answer = await GatewayReplicas.SendAsync(
                client,
                $"{{Page(page:{page}){{pageInfo{{hasNextPage}}media{{id title{{romaji}}}}}}}}"
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(
                Encoding.UTF8.GetByteCount(body),
                (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length
            );
            before = page == Answers / 2 ? Memory() : before;
        }

        // By the middle the collector has found its pace. What came since then is far more than this.
        Assert.InRange(Memory() - before, long.MinValue, 100 * 1024 * 1024);
        await service.AssertAliveAsync();

        long Memory()
        {
            service.Process.Refresh();
            return service.Process.WorkingSet64;
        }
    }
}
