using AnimeSync.Sandbox.Control;

namespace AnimeSync.Sandbox.Tests.Control;

public sealed class FaultSurvivalTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("*", "{ Media(id: 1) { id title { romaji } } }")]
    [InlineData("*", "mutation { SaveMediaListEntry(mediaId: 1, progress: 1) { id } }")]
    [InlineData("*", "{ Media(id: 1 { id } }")]
    [InlineData("*", "{ Media(id: 999999) { id } }")]
    [InlineData("token", null)]
    public async Task The_sandbox_outlives_every_fault_it_plays_whatever_is_asked(string match, string? query)
    {
        var token = await sandbox.TokenOfAsync("empty");
        foreach (var kind in FaultAnswers.Kinds)
        {
            using var added = await sandbox.AddFaultAsync(
                new
                {
                    match,
                    kind,
                    times = 1,
                }
            );
            Assert.True(added.IsSuccessStatusCode, kind);
            await AskImpatientlyAsync(query, token);
            await sandbox.Http.DeleteAsync("/_sandbox/faults");

            Assert.Equal(200, (await sandbox.RefusalAsync("{ Viewer { id } }", token: token)).Status);
        }
    }

    private async Task AskImpatientlyAsync(string? query, string token)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        using var request = query is null
            ? new HttpRequestMessage(HttpMethod.Post, "/api/v2/oauth/token") { Content = ControlCalls.Json("{}") }
            : new HttpRequestMessage(HttpMethod.Post, "/")
            {
                Content = ControlCalls.Json($$"""{"query":"{{query}}"}"""),
            };
        request.Headers.Authorization = new("Bearer", token);
        try
        {
            using var answer = await sandbox.Http.SendAsync(request, patience.Token);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // A broken connection, or one that nobody waits for any longer: both are faults that were asked for.
        }
    }
}
