using System.Text;
using System.Text.Json;
using CsCheck;

namespace AnimeSync.AniList.Tests.GraphQL;

/// <summary>The message decides, not the status: AniList answers 400 to half a dozen different things.</summary>
public sealed class ClassificationTests
{
    [Theory]
    [InlineData(400, "Invalid token", AniListFailure.InvalidToken)]
    [InlineData(401, "Invalid token", AniListFailure.InvalidToken)]
    [InlineData(200, "Invalid token", AniListFailure.InvalidToken)]
    [InlineData(401, "Unauthorized.", AniListFailure.Unauthorized)]
    [InlineData(400, "validation", AniListFailure.Validation)]
    [InlineData(400, "Max query complexity should be 500 but got 525.", AniListFailure.Complexity)]
    [InlineData(400, "Page depth exceeds maximum allowed for API requests (5000 entries)", AniListFailure.PageDepth)]
    [InlineData(404, "Not Found.", AniListFailure.NotFound)]
    [InlineData(404, "Private User", AniListFailure.Private)]
    [InlineData(429, "Too Many Requests.", AniListFailure.RateLimited)]
    [InlineData(
        403,
        "The AniList API has been temporarily disabled due to severe stability issues. Come back later.",
        AniListFailure.Disabled
    )]
    [InlineData(400, "Cannot query field \"x\" on type \"Media\".", AniListFailure.Rejected)]
    [InlineData(500, "Internal Server Error", AniListFailure.Rejected)]
    [InlineData(403, "Your IP has been blocked.", AniListFailure.Rejected)]
    public async Task A_message_has_one_meaning(int status, string message, AniListFailure meaning)
    {
        var body =
            $$"""{"errors":[{"message":{{JsonSerializer.Serialize(message)}},"status":{{status}}}],"data":null}""";
        await using var server = RawServer.Json(body, status);
        using var clients = new GraphQLClients(server.Address);

        using var answer = await clients.Client.ForwardAsync(
            "{}"u8.ToArray(),
            null,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(meaning, answer.Failure);
        Assert.Equal(status, (int)answer.StatusCode!);
        Assert.Equal(body, Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Theory]
    [InlineData("Argument \"search\" has invalid value \"Invalid token\".")]
    [InlineData("Bad value \"The AniList API has been temporarily disabled\".")]
    [InlineData("You said: Too Many Requests.")]
    public void A_quoted_message_means_nothing(string message)
    {
        var body = $$"""{"data":null,"errors":[{"message":{{JsonSerializer.Serialize(message)}}}]}""";

        Assert.Equal(AniListFailure.Rejected, AniListErrors.Classify(Encoding.UTF8.GetBytes(body), isSuccess: false));
    }

    [Theory]
    [InlineData("""{"data":{"a":1},"errors":null}""", null)]
    [InlineData("""{"data":{"a":1},"errors":[]}""", null)]
    [InlineData("""{"data":{"errors":[{"message":"Invalid token"}]}}""", null)]
    [InlineData(
        """{"data":{"a":null},"errors":[{"message":"Not Found."},{"message":"Invalid token"}]}""",
        AniListFailure.NotFound
    )]
    [InlineData("""{"errors":[{"locations":[{"line":1,"column":2}]}]}""", AniListFailure.Rejected)]
    [InlineData("""{"errors":[{"message":{"message":"Invalid token"}}]}""", AniListFailure.Rejected)]
    [InlineData("""{"errors":[{"message":null}],"data":null}""", AniListFailure.Rejected)]
    public void Only_the_first_error_of_the_envelope_counts(string body, AniListFailure? meaning) =>
        Assert.Equal(meaning, AniListErrors.Classify(Encoding.UTF8.GetBytes(body), isSuccess: true));

    [Fact]
    public void Data_under_a_failing_status_without_an_error_is_broken() =>
        Assert.Equal(AniListFailure.Broken, AniListErrors.Classify("""{"data":null}"""u8, isSuccess: false));

    [Fact]
    public async Task A_429_from_the_edge_means_wait_even_when_its_body_is_HTML()
    {
        await using var server = RawServer.Sending(429, "text/html", "<h1>429</h1>"u8.ToArray(), "Retry-After: 60");
        using var clients = new GraphQLClients(server.Address);

        using var answer = await clients.Client.ForwardAsync(
            "{}"u8.ToArray(),
            null,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(AniListFailure.RateLimited, answer.Failure);
        Assert.Equal(TimeSpan.FromSeconds(60), answer.RateLimit.RetryAfter);
    }

    [Theory]
    [InlineData("Retry-After: 60", 60)]
    [InlineData("Retry-After: 0", 0)]
    [InlineData("Retry-After: Sun, 22 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("Retry-After: Sun, 22 Nov 2026 11:00:00 GMT", null)]
    [InlineData("Retry-After: 2147483647", 3600)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("X-Other: 1", null)]
    public async Task Retry_After_is_measured_by_the_answers_own_clock(string header, int? seconds)
    {
        await using var server = RawServer.Json(
            """{"data": null,"errors": [{"message": "Too Many Requests.","status": 429}]}""",
            429,
            "Date: Sun, 22 Nov 2026 12:00:00 GMT",
            header
        );
        using var clients = new GraphQLClients(server.Address);

        using var answer = await clients.Client.ForwardAsync(
            "{}"u8.ToArray(),
            null,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, answer.RateLimit.RetryAfter);
    }

    [Fact]
    public async Task The_budget_headers_are_read_and_garbage_counts_as_missing()
    {
        await using var server = RawServer.Json(
            """{"data":{}}""",
            200,
            "X-RateLimit-Limit: 30",
            "X-RateLimit-Remaining: many",
            "X-RateLimit-Reset: 1795348800"
        );
        using var clients = new GraphQLClients(server.Address);

        using var answer = await clients.Client.ForwardAsync(
            "{}"u8.ToArray(),
            null,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(30, answer.RateLimit.Limit);
        Assert.Null(answer.RateLimit.Remaining);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795348800), answer.RateLimit.Reset);
    }

    [Fact]
    public void Random_bytes_are_never_an_exception() =>
        Gen.Byte.Array[0, 200].Sample(bytes => AniListErrors.Classify(bytes, isSuccess: true) is not null);

    [Fact]
    public void A_damaged_answer_is_never_an_exception()
    {
        var whole =
            """{"errors":[{"message":"Not Found.","status":404,"locations":[{"line":71,"column":3}]}],"data":{"Media":null}}"""u8.ToArray();

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length])
            .Sample(
                (at, value, length) =>
                {
                    var damaged = whole.ToArray();
                    damaged[at] = value;
                    AniListErrors.Classify(damaged.AsSpan(0, length), isSuccess: false);
                }
            );
    }

    [Fact]
    [Trait("Needs", "anilist-facts")]
    public void Every_recorded_answer_is_understood()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("ANILIST_FACTS_DIR")!, "responses");
        var meanings = Directory
            .GetFiles(folder, "*.json")
            .Where(file => JsonNode(file) is { ValueKind: JsonValueKind.Object } root && IsEnvelope(root))
            .ToDictionary(
                file => Path.GetFileName(file),
                file => AniListErrors.Classify(File.ReadAllBytes(file), isSuccess: true)
            );

        Assert.NotEmpty(meanings);
        Assert.All(
            meanings,
            pair =>
                Assert.Equal(
                    pair.Key.Contains("404", StringComparison.Ordinal) ? AniListFailure.NotFound
                        : pair.Key.Contains("429", StringComparison.Ordinal) ? AniListFailure.RateLimited
                        : pair.Key.Contains("UNAUTHORIZED", StringComparison.Ordinal) ? AniListFailure.Unauthorized
                        : null,
                    pair.Value
                )
        );
    }

    private static bool IsEnvelope(JsonElement root) =>
        root.TryGetProperty("data", out _) || root.TryGetProperty("errors", out _);

    private static JsonElement JsonNode(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }
}
