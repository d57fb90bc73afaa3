using AnimeSync.Sandbox.Tests.Usage;

namespace AnimeSync.Sandbox.Tests.Recorded;

/// <summary>What AniList answered is asked of the sandbox again, and looks the same.</summary>
[Trait("Needs", "anilist-facts")]
public sealed class RecordedShapeTests(RecordedSandboxFixture sandbox) : IClassFixture<RecordedSandboxFixture>
{
    // Compared byte for byte elsewhere.
    private static readonly string[] Refusals = ["error-", "UNAUTHORIZED"];

    [Fact]
    public async Task Every_recorded_body_has_the_same_members_types_and_values_present_here()
    {
        var schema = new UsageSchema();
        var known = UsageTables.Reasons("different.txt");
        var different = new List<string>();
        foreach (var operation in RecordedOperation.ReadAll())
        {
            var recorded = operation.ReadShape();
            var answer = await sandbox.DataAsync(
                operation.Compose(recorded, schema),
                token: await sandbox.TokenOfAsync(operation.User)
            );
            different.AddRange(
                recorded
                    .DifferencesTo(RecordedShape.Of(answer), "")
                    .Select(difference => $"{operation.File} {difference}")
            );
        }

        Assert.Empty(different.Except(known.Keys));
        // A reason that no longer holds has to go.
        Assert.Empty(known.Keys.Except(different));
    }

    [Fact]
    public void Every_recorded_body_is_asked_for()
    {
        var recorded = Directory.EnumerateFiles(AniListFacts.Responses, "*.json").Select(Path.GetFileName);

        Assert.Equal(
            recorded.Where(file => !Refusals.Any(file!.Contains)).Order(),
            RecordedOperation.ReadAll().Select(operation => operation.File).Order()
        );
    }

    [Fact]
    public void A_list_where_none_was_a_text_for_a_number_and_a_missing_value_are_differences()
    {
        var recorded = Shape("""{"id":1,"tags":[{"name":"x"}],"title":"t"}""");

        Assert.Empty(recorded.DifferencesTo(Shape("""{"id":2,"tags":[{"name":null},{"name":"y"}],"title":"u"}"""), ""));
        Assert.Equal(
            [".id is string", ".tags is no list", ".title is empty"],
            recorded.DifferencesTo(Shape("""{"id":"2","tags":{"name":"x"},"title":null}"""), "").Order()
        );
    }

    private static RecordedShape Shape(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return RecordedShape.Of(document.RootElement);
    }
}
