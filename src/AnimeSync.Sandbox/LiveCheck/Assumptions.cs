using System.Globalization;
using System.Text.Json;

namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>One thing the sandbox takes for true. <c>Difference</c>: what was seen instead; null when it is as assumed.</summary>
internal sealed record Assumption(string Claim, LiveQuestion Question, Func<LiveReply, string?> Difference)
{
    /// <summary>Whether the API's being disabled is an answer to this question, not the lack of one.</summary>
    public bool ExpectsDisabled { get; init; }
}

/// <summary>What the sandbox's behaviour rests on, in the order in which it is asked.</summary>
internal static class Assumptions
{
    private const int TooComplex = 525;
    private const int ServedPerMinute = 30;
    private const string NotAToken = "eyJhbGciOiJub25lIn0.e30.AnimeSync-live-check";

    private static readonly LiveQuestion Title = new("{ Media(id: 1) { id title { romaji } } }");
    private static readonly LiveQuestion Missing = new("{ Media(id: 999999999) { id } }");

    public static IEnumerable<Assumption> All(LiveCheckOptions options)
    {
        int? remaining = null;
        yield return new(
            "The API answers a title with data and no errors",
            Title,
            reply => reply.Data("Media", "id") is { ValueKind: JsonValueKind.Number } ? null : $"{reply}"
        );
        yield return new(
            $"X-RateLimit-Limit tells {ServedPerMinute}",
            Title,
            reply => Same($"{ServedPerMinute}", reply.Header("X-RateLimit-Limit"))
        );
        yield return new(
            "Browsers may ask from anywhere and read the rate headers",
            Title,
            reply =>
                Same("*", reply.Header("Access-Control-Allow-Origin"))
                ?? (
                    reply.Header("Access-Control-Expose-Headers")?.Contains("X-RateLimit-Remaining") == true
                        ? null
                        : "the rate headers are not exposed"
                )
        );
        yield return new(
            "X-RateLimit-Remaining is there",
            Title,
            reply => (remaining = Remaining(reply)) is null ? "it is not" : null
        );
        yield return Refusal("An unknown id is 404", Missing, 404, "Not Found.", """{"Media":null}""");
        yield return new(
            "A 404 counts as a request",
            Missing,
            reply => Remaining(reply) is { } now && now < remaining ? null : $"{Remaining(reply)} after {remaining}"
        );
        yield return Refusal(
            "An unknown field is 400 and named",
            new("{ Media(id: 1) { id animesyncUnknown } }"),
            400,
            "Cannot query field \"animesyncUnknown\" on type \"Media\".",
            null
        );
        yield return Refusal(
            "Complexity is one for each field with fragments expanded, and at most 500",
            new(Complex(TooComplex)),
            400,
            $"Max query complexity should be 500 but got {TooComplex}.",
            null
        );
        yield return Refusal(
            "Pages end at 5,000 entries",
            new("{ Page(page: 101, perPage: 50) { media { id } } }"),
            400,
            "Page depth exceeds maximum allowed for API requests (5000 entries)",
            """{"Page":null}"""
        );
        yield return new(
            "A page holds fifty, however many are asked for",
            new("{ Page(page: 1, perPage: 60) { pageInfo { perPage } media(sort: [ID]) { id } } }"),
            reply =>
                Same("50", $"{reply.Data("Page", "pageInfo", "perPage")}")
                ?? (reply.Data("Page", "media") is var page && Count(page) <= 50 ? null : $"{Count(page)} titles")
        );
        yield return new(
            "Page.mediaList reads several users at once, newest first",
            new(ListsOf(options.Users)),
            reply => ListsDiffer(reply, options.Users)
        );
        yield return Refusal(
            "What needs a user is 401 without a token",
            new("{ Viewer { id } }"),
            401,
            "Unauthorized.",
            """{"Viewer":null}"""
        );
        yield return Refusal(
            "A token that is none is 400, also where none is needed",
            Title with
            {
                Token = NotAToken,
            },
            400,
            "Invalid token",
            """{"Media":null}"""
        );
        if (options.Token is { } token)
        {
            yield return new(
                "A token names its user",
                new("{ Viewer { id name } }", token),
                reply => reply.Data("Viewer", "id") is { ValueKind: JsonValueKind.Number } ? null : $"{reply}"
            );
        }

        yield return new(
            "The sandbox's schema is a part of AniList's",
            new(SchemaDifference.Introspection),
            SchemaDiffers
        );
        yield return new(
            "Without a Referer the API is disabled (403)",
            Title with
            {
                WithReferer = false,
            },
            reply => reply.IsDisabled ? null : $"{reply}"
        )
        {
            ExpectsDisabled = true,
        };
    }

    private static Assumption Refusal(string claim, LiveQuestion question, int status, string message, string? data) =>
        new(
            claim,
            question,
            reply =>
                reply.Status != status || reply.Message != message ? $"{reply}"
                : !reply.Body.TryGetProperty("data", out var found) ? "no data member"
                : Same(data ?? "null", found.GetRawText())
        );

    private static string? Same(string expected, string? seen) => seen == expected ? null : $"{seen ?? "nothing"}";

    private static int? Remaining(LiveReply reply) =>
        int.TryParse(reply.Header("X-RateLimit-Remaining"), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static int Count(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;

    // The root field, and as many titles with four members each as it takes; the fragment proves the expansion.
    private static string Complex(int fields)
    {
        var aliases = string.Concat(Enumerable.Range(0, (fields - 1) / 5).Select(i => $"t{i}: title {{ ...t }} "));
        var rest = string.Concat(Enumerable.Range(0, (fields - 1) % 5).Select(i => $"i{i}: id "));
        return $"{{ Media(id: 1) {{ {aliases}{rest}}} }} fragment t on MediaTitle {{ romaji english native userPreferred }}";
    }

    private static string ListsOf(IEnumerable<int> users) =>
        $"{{ Page(page: 1, perPage: 50) {{ mediaList(userId_in: [{string.Join(", ", users)}], sort: [UPDATED_TIME_DESC]) {{ userId updatedAt }} }} }}";

    private static string? ListsDiffer(LiveReply reply, IReadOnlyList<int> users)
    {
        var entries = reply.Data("Page", "mediaList");
        if (Count(entries) == 0)
        {
            return $"no entries, {reply}";
        }

        var read = entries.EnumerateArray().ToList();
        var times = read.Select(entry => entry.GetProperty("updatedAt").GetInt64()).ToList();
        return !read.All(entry => users.Contains(entry.GetProperty("userId").GetInt32())) ? "entries of other users"
            : !times.SequenceEqual(times.OrderDescending()) ? "not the newest first"
            : null;
    }

    private static string? SchemaDiffers(LiveReply reply)
    {
        if (reply.Data("__schema") is not { ValueKind: JsonValueKind.Object } schema)
        {
            return $"{reply}";
        }

        var differences = SchemaDifference.Find(schema).ToList();
        return differences.Count == 0
            ? null
            : $"{differences.Count} differences: {string.Join("; ", differences.Take(10))}";
    }
}
