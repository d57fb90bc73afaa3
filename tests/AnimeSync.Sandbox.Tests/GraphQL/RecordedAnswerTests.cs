using System.Net.Http.Json;
using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.GraphQL;

[Trait("Needs", "anilist-facts")]
public sealed class RecordedAnswerTests(RecordedSandboxFixture sandbox) : IClassFixture<RecordedSandboxFixture>
{
    private const string Query = """
        query ($id: Int) {
          Media(id: $id) {
            id title { romaji english native } episodes chapters
            startDate { year month day } endDate { year month day }
          }
        }
        """;

    private static readonly string[] Compared = ["title", "episodes", "chapters", "startDate", "endDate"];

    [Fact]
    public async Task Every_recorded_title_is_answered_with_its_recorded_titles_episodes_and_dates()
    {
        var recorded = RecordedMedia().ToList();
        Assert.True(recorded.Select(media => media.GetProperty("id").GetInt32()).Distinct().Count() > 300);

        foreach (var media in recorded.GroupBy(media => media.GetProperty("id").GetInt32()))
        {
            var answered = (await sandbox.DataAsync(Query, new { id = media.Key })).GetProperty("Media");

            Assert.All(Compared, member => AssertOneRecordingSays(media, member, answered));
        }
    }

    [Fact]
    public async Task A_missing_title_is_the_recorded_404_byte_for_byte()
    {
        var recorded = AniListFacts.Response("pyanilist-sync-test_media_not_found_error-0-http404.json");

        // The recording's field stands in line 71, column 3.
        using var answer = await sandbox.PostAsync($"{{{new string('\n', 70)}  Media(id: 999999999) {{ id }} }}");

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal(recorded, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Too_many_requests_are_the_recorded_429_byte_for_byte_with_no_header_but_Retry_After()
    {
        var recorded = AniListFacts.Response("pyanilist-sync-test_rate_limit_error-28-http429.json");
        await sandbox.AddFaultAsync(
            new
            {
                match = "GenreCollection",
                kind = "rate-limited",
                times = 1,
            }
        );

        using var answer = await sandbox.PostAsync("{ GenreCollection }");

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.Equal(recorded, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(["Date", "Retry-After"], answer.Headers.Select(header => header.Key).Order());
        Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task An_anonymous_mutation_is_the_recorded_401()
    {
        using var recorded = JsonDocument.Parse(AniListFacts.Response("aniflowkmp-UNAUTHORIZED_ERROR.json"));
        using var answer = await sandbox.PostAsync("mutation {\n    UpdateUser(about: \"x\") { id } }");

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.True(
            JsonElement.DeepEquals(recorded.RootElement, await answer.Content.ReadFromJsonAsync<JsonElement>())
        );
    }

    // Recordings of several years disagree in places, so one of them has to say what the sandbox says, apart from nulls filled from another.
    private static void AssertOneRecordingSays(IEnumerable<JsonElement> recordings, string member, JsonElement answered)
    {
        var said = recordings
            .Where(media => media.TryGetProperty(member, out _))
            .Select(media => media.GetProperty(member))
            .ToList();
        Assert.True(
            said.Count == 0 || said.Exists(recorded => Agrees(recorded, answered.GetProperty(member))),
            $"{answered.GetProperty("id")} {member}: {answered.GetProperty(member)}"
        );
    }

    private static bool Agrees(JsonElement recorded, JsonElement answered) =>
        recorded.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Object => recorded
                .EnumerateObject()
                .All(member => !answered.TryGetProperty(member.Name, out var value) || Agrees(member.Value, value)),
            _ => JsonElement.DeepEquals(recorded, answered),
        };

    private static IEnumerable<JsonElement> RecordedMedia() =>
        Directory
            .EnumerateFiles(AniListFacts.Responses, "*.json")
            .SelectMany(file => Media(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement));

    private static IEnumerable<JsonElement> Media(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Media),
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => Media(member.Value))
                .Concat(IsMedia(element) ? [element] : []),
            _ => [],
        };

    private static bool IsMedia(JsonElement element) =>
        element.TryGetProperty("id", out _)
        && element.TryGetProperty("title", out var title)
        && title.ValueKind == JsonValueKind.Object;
}
