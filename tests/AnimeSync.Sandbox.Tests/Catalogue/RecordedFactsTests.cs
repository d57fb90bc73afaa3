using System.Text.Json;

namespace AnimeSync.Sandbox.Tests.Catalogue;

/// <summary>What was recorded of real titles and what the sandbox says of them without the recordings.</summary>
[Trait("Needs", "anilist-facts")]
public sealed class RecordedFactsTests(RealTitlesFixture sandbox) : IClassFixture<RealTitlesFixture>
{
    [Fact]
    public async Task Built_in_titles_have_their_recorded_ids_formats_and_days()
    {
        var recorded = Directory
            .EnumerateFiles(AniListFacts.Responses, "*.json")
            .SelectMany(file => Media(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement))
            .ToLookup(media => media.GetProperty("id").GetInt32());
        var compared = 0;
        var different = new List<string>();
        foreach (var ids in recorded.Select(group => group.Key).Chunk(50))
        {
            var data = await sandbox.DataAsync(
                "query($ids: [Int]) { Page { media(id_in: $ids) { id idMal type format season seasonYear startDate { year } } } }",
                new { ids }
            );
            foreach (var ours in data.GetProperty("Page").GetProperty("media").EnumerateArray())
            {
                compared++;
                foreach (var theirs in recorded[ours.GetProperty("id").GetInt32()])
                {
                    different.AddRange(
                        ours.EnumerateObject()
                            .Where(member => Differs(theirs, member))
                            .Select(member => $"{theirs.GetProperty("id")} {member.Name}")
                    );
                }
            }
        }

        // One recording, made through another service, has the MyAnimeList id of something else.
        Assert.Equal(["11759 idMal"], different.Distinct());
        Assert.True(compared > 80, $"{compared} titles were compared.");
    }

    private static bool Differs(JsonElement theirs, JsonProperty member) =>
        theirs.TryGetProperty(member.Name, out var value)
        && value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && !JsonElement.DeepEquals(value, member.Value);

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
        element.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.Number
        && element.TryGetProperty("title", out var title)
        && title.ValueKind == JsonValueKind.Object;
}
