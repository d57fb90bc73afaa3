using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

/// <summary>AniList does not say whose the token is because it wants to be left alone. A service of its own for each case.</summary>
public sealed class ViewerPauseTests : IAsyncLifetime
{
    private readonly StubbedService _stubbed = new();

    public ValueTask InitializeAsync() => _stubbed.InitializeAsync();

    public ValueTask DisposeAsync() => _stubbed.DisposeAsync();

    [Theory]
    [InlineData(403, """{"errors":[{"message":"The AniList API has been temporarily disabled"}]}""")]
    [InlineData(429, """{"errors":[{"message":"Too Many Requests."}],"data":null}""")]
    public async Task Nobody_is_signed_in_and_the_next_one_does_not_ask_again(int status, string body)
    {
        var before = await _stubbed.RowsAsync();
        var failing = _stubbed.AniList.Grant(
            new() { OnViewer = context => AniListStub.AnswerAsync(context, status, body) }
        );
        var browser = await _stubbed.StartAsync();
        using var refused = await browser.ReturnAsync(failing.Code);

        await Refused.AsProblemAsync(refused, 503, "anilist-unavailable", failing.Token, failing.Code);
        Refused.TakesTheCookie(refused, browser.Cookies);
        Assert.Equal(1, failing.ViewerCalls);
        Assert.Equal(before, await _stubbed.RowsAsync());

        var next = _stubbed.AniList.Grant();
        using var answer = await (await _stubbed.StartAsync()).ReturnAsync(next.Code);
        await Refused.AsProblemAsync(answer, 503, "anilist-unavailable", next.Token, next.Code);
        Assert.Equal(0, next.ViewerCalls);
        Assert.Equal(before, await _stubbed.RowsAsync());
        await _stubbed.Service.AssertAliveAsync();

        // The same person, where nobody has heard of it.
        await using var fresh = await Replica.StartAsync(_stubbed.Service, ("REDIS_URL", null));
        var again = await StubbedService.StartAsync(new(fresh.Address));
        var signedIn = await again.FinishAsync(_stubbed.AniList.Grant(new() { ViewerId = failing.ViewerId }));
        Assert.Equal((200, "rin"), await _stubbed.MeAsync(signedIn.AccessToken));
    }
}
