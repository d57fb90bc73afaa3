using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;

namespace AnimeSync.Api.Tests.GraphQLProxy;

/// <summary>The real thing: every title in the folder of recorded AniList answers, asked for through the service.</summary>
[Trait("Needs", "anilist-facts")]
public sealed class RecordedTitlesTests : IAsyncLifetime
{
    private const int PerRequest = 25; // 20 fields each, of the 500 that AniList allows

    private static readonly string[] _leaves =
    [
        "title.romaji",
        "title.english",
        "title.native",
        "episodes",
        "startDate.year",
        "startDate.month",
        "startDate.day",
        "endDate.year",
        "endDate.month",
        "endDate.day",
    ];

    private readonly string _folder = Path.Combine(
        Environment.GetEnvironmentVariable("ANILIST_FACTS_DIR")!,
        "responses"
    );
    private readonly TestApp _app = new();

    public async ValueTask InitializeAsync() =>
        await _app.StartAsync(new Dictionary<string, string?>(), "--catalogue", _folder);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Every_recorded_title_comes_back_with_its_names_episodes_and_dates()
    {
        var recorded = Recorded();
        using var client = await _app.SignedInClientAsync();

        Assert.InRange(recorded.Count, 300, 10_000);
        foreach (var chunk in recorded.Chunk(PerRequest))
        {
            var media = chunk.Select(pair =>
                $"m{pair.Key}: Media(id: {pair.Key}) {{ id title {{ romaji english native }} episodes startDate {{ ...D }} endDate {{ ...D }} }}"
            );
            var query = $"{{ {string.Join('\n', media)} }} fragment D on FuzzyDate {{ year month day }}";
            using var content = new StringContent(
                JsonSerializer.Serialize(new { query }),
                Encoding.UTF8,
                "application/json"
            );
            using var answer = await client.PostAsync("/graphql", content, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

            Assert.All(chunk, pair => AssertSame(pair.Value, body.GetProperty("data").GetProperty($"m{pair.Key}")));
        }
    }

    /// <summary>Recordings of different days may differ; the answer must be one of them wherever there is any.</summary>
    private static void AssertSame(Dictionary<string, HashSet<string>> recorded, JsonElement media)
    {
        foreach (var (leaf, values) in recorded)
        {
            Assert.Contains(Leaf(media, leaf)?.ToString() ?? "nothing", values);
        }
    }

    // Media id → leaf → the values recorded for it.
    private Dictionary<int, Dictionary<string, HashSet<string>>> Recorded()
    {
        var found = new Dictionary<int, Dictionary<string, HashSet<string>>>();
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            Collect(document.RootElement, found);
        }

        return found;
    }

    private static void Collect(JsonElement element, Dictionary<int, Dictionary<string, HashSet<string>>> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, found);
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        // Only a media's title is an object.
        if (
            element.TryGetProperty("id", out var id)
            && id.ValueKind == JsonValueKind.Number
            && element.TryGetProperty("title", out var title)
            && title.ValueKind == JsonValueKind.Object
        )
        {
            var leaves = found.TryGetValue(id.GetInt32(), out var known) ? known : found[id.GetInt32()] = [];
            foreach (var leaf in _leaves)
            {
                if (Leaf(element, leaf) is { } value)
                {
                    (leaves.TryGetValue(leaf, out var values) ? values : leaves[leaf] = []).Add(value.ToString());
                }
            }
        }

        foreach (var member in element.EnumerateObject())
        {
            Collect(member.Value, found);
        }
    }

    private static JsonElement? Leaf(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }
}
