using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnimeSync.Sandbox.Tests.Usage;

/// <summary>Sends documents as sample users; <c>{new:review}</c> in one stands for the id of a review made for it, and <c>{favourites:anime}</c> for rin's.</summary>
internal sealed partial class UsageSession(SandboxFixture sandbox)
{
    // As long as AniList wants a review to be.
    private static readonly string LongText = new('x', 2600);

    private static readonly Dictionary<string, string> Makers = new()
    {
        ["activity"] = "SaveTextActivity(text: \"Something to answer\")",
        ["message"] = "SaveMessageActivity(recipientId: 5300102, message: \"Something to change\")",
        ["reply"] = "SaveActivityReply(activityId: {new:activity}, text: \"An answer\")",
        ["comment"] = "SaveThreadComment(threadId: {thread}, comment: \"Something to say\")",
        ["review"] =
            $"SaveReview(mediaId: 20, score: 50, summary: \"Long enough to be a summary.\", body: \"{LongText}\")",
        ["entry"] = "SaveMediaListEntry(mediaId: 2251, status: PLANNING)",
    };

    private static readonly Dictionary<string, string> Finders = new()
    {
        ["recommendation"] = "{ Recommendation(mediaId: 1) { id } }",
        ["own"] = "{ MediaList(userName: \"mika\", type: ANIME) { id } }",
        ["game"] = "{ Thread(categoryId: 16) { id } }",
        ["studio"] = "{ Page { studios(search: \"ghibli\") { id } } }",
        ["thread"] = "{ Thread(search: \"Fullmetal\") { id } }",
        ["comment"] = "{ ThreadComment(userId: 5300102) { id } }",
        ["activity"] = "{ Activity(type: TEXT, userId: 5300102) { ... on TextActivity { id } } }",
    };

    private readonly ConcurrentDictionary<string, string> tokens = new();

    /// <summary>The data, nothing where there is no such thing; or, of a refusal, what was wrong.</summary>
    public async Task<(JsonElement? Data, string? Refusal)> SendAsync(Reach reach)
    {
        var document = await FillInAsync(reach.Document);
        using var answer = await sandbox.PostAsync(document, token: await TokenAsync(reach.User));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => (JsonDocument.Parse(body).RootElement.GetProperty("data"), null),
            HttpStatusCode.NotFound => (null, null),
            _ => (null, $"{body} for {document}"),
        };
    }

    private async Task<string> TokenAsync(string user)
    {
        if (!tokens.TryGetValue(user, out var token))
        {
            tokens[user] = token = await sandbox.TokenOfAsync(user);
        }

        return token;
    }

    private async Task<string> FillInAsync(string document)
    {
        document = document.Replace("{long}", LongText, StringComparison.Ordinal);
        while (OfFavourites().Match(document) is { Success: true } wanted)
        {
            var numbers = await FavouritesAsync(wanted.Groups[2].Value);
            IEnumerable<int> places = Enumerable.Range(1, numbers.Count);
            var list = wanted.Groups[1].Value switch
            {
                "favourites" => numbers,
                "favouritesBackwards" => numbers.AsEnumerable().Reverse(),
                "places" => places,
                _ => places.Reverse(),
            };
            document = OfFavourites().Replace(document, $"[{string.Join(", ", list)}]", 1);
        }

        while (Placeholder().Match(document) is { Success: true } found)
        {
            var name = found.Groups[2].Value;
            var ask = found.Groups[1].Success
                ? $"mutation {{ {await FillInAsync(Makers[name])} {{ id }} }}"
                : Finders[name];
            var data = await sandbox.DataAsync(ask, token: await TokenAsync("rin"));
            document = Placeholder().Replace(document, FirstId(data)!, 1);
        }

        return document;
    }

    private async Task<List<int>> FavouritesAsync(string kind)
    {
        var data = await sandbox.DataAsync(
            $"{{ Viewer {{ favourites {{ {kind} {{ nodes {{ id }} }} }} }} }}",
            token: await TokenAsync("rin")
        );
        var nodes = data.GetProperty("Viewer").GetProperty("favourites").GetProperty(kind).GetProperty("nodes");
        return [.. nodes.EnumerateArray().Select(node => node.GetProperty("id").GetInt32())];
    }

    private static string? FirstId(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().Select(FirstId).FirstOrDefault(),
            JsonValueKind.Object when element.TryGetProperty("id", out var id) => id.GetRawText(),
            JsonValueKind.Object => element.EnumerateObject().Select(member => FirstId(member.Value)).FirstOrDefault(),
            _ => null,
        };

    [GeneratedRegex(@"\{(new:)?(activity|message|reply|comment|review|entry|thread|own|game|studio|recommendation)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        @"\{(favourites|favouritesBackwards|places|placesBackwards):(anime|manga|characters|staff|studios)\}"
    )]
    private static partial Regex OfFavourites();
}
