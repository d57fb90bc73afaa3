using System.Net;
using System.Text.Json;

namespace AnimeSync.BlackBox.Tests.Gateway;

/// <summary>What AniList says to one person, asked at two processes with one Redis.</summary>
[Collection(GatewayReplicas.Alone)]
public sealed class OwnAnswerTests
{
    private const string Entry = "{Media(id:1){id mediaListEntry{progress}}}";
    private const string Viewer = "{Viewer{name} Media(id:1){id}}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_is_kept_for_one_person_is_never_anothers()
    {
        await using var world = await GatewayReplicas.StartAsync(2);
        var tokens = await world.SignInAsync(2);
        for (var person = 0; person < 2; person++)
        {
            await SaveAsync(world.ClientOf(tokens[person], person), 3 + person);
        }

        var names = new HashSet<string>();
        for (var person = 0; person < 2; person++)
        {
            var (here, there) = (world.ClientOf(tokens[person], 0), world.ClientOf(tokens[person], 1));
            var (entry, name) = (await ReadAsync(here, Entry), await ReadAsync(here, Viewer));

            // The other one's are kept under the same questions.
            Assert.Equal(("live", "live"), (entry.Source, name.Source));
            Assert.Equal(ProgressBody(3 + person), entry.Body);
            Assert.True(names.Add(name.Body));
            await AssertKeptAsync(there, Entry, entry.Body);
            await AssertKeptAsync(there, Viewer, name.Body);
        }

        // All at once, while some of it is kept and some under way.
        for (var round = 0; round < 5; round++)
        {
            var asked = Enumerable
                .Range(0, 80)
                .Select(async i =>
                {
                    var person = i / 2 % 2;
                    var answer = await ReadAsync(world.ClientOf(tokens[person], i), Entry);
                    Assert.Equal(ProgressBody(3 + person), answer.Body);
                })
                .ToList();
            await SaveAsync(world.ClientOf(tokens[round % 2], round), 3 + round % 2);
            await Task.WhenAll(asked);
        }
    }

    [Fact]
    public async Task After_a_save_the_next_read_shows_it_at_either_process()
    {
        await using var world = await GatewayReplicas.StartAsync(2);
        var token = (await world.SignInAsync(1))[0];
        var clients = new[] { world.ClientOf(token, 0), world.ClientOf(token, 1) };
        await SaveAsync(clients[0], 0);

        for (var progress = 1; progress <= 20; progress++)
        {
            // Both have just been shown the past.
            Assert.Equal(ProgressBody(progress - 1), (await ReadAsync(clients[0], Entry)).Body);
            await AssertKeptAsync(clients[1], Entry, ProgressBody(progress - 1));

            await SaveAsync(clients[progress % 2], progress);

            Assert.Equal(("live", ProgressBody(progress)), await ReadAsync(clients[progress / 2 % 2], Entry));
            await AssertKeptAsync(clients[1 - progress / 2 % 2], Entry, ProgressBody(progress));
        }
    }

    private static string ProgressBody(int progress) =>
        $"{{\"data\":{{\"Media\":{{\"id\":1,\"mediaListEntry\":{{\"progress\":{progress}}}}}}}}}";

    private static async Task SaveAsync(HttpClient client, int progress)
    {
        using var saved = await GatewayReplicas.SendAsync(
            client,
            $"mutation{{SaveMediaListEntry(mediaId:1,progress:{progress}){{progress}}}}"
        );
        var body = JsonDocument.Parse(await saved.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(
            progress,
            body.GetProperty("data").GetProperty("SaveMediaListEntry").GetProperty("progress").GetInt32()
        );
    }

    /// <summary>On a busy machine Redis may be late once, and then AniList is asked.</summary>
    private static async Task AssertKeptAsync(HttpClient client, string query, string body)
    {
        var read = await ReadAsync(client, query);
        for (var again = 0; again < 5 && read.Source != "cache"; again++)
        {
            Assert.Equal(body, read.Body);
            read = await ReadAsync(client, query);
        }

        Assert.Equal(("cache", body), read);
    }

    private static async Task<(string Source, string Body)> ReadAsync(HttpClient client, string query)
    {
        using var answer = await GatewayReplicas.SendAsync(client, query);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, body);
        return (answer.Headers.GetValues("X-AnimeSync-Source").Single(), body);
    }
}
