using System.Text.Json;
using AnimeSync.Api.Http;
using AnimeSync.Api.Library;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryEditTests
{
    private static readonly DateOnly _today = new(2026, 5, 10);

    private static readonly JsonSerializerOptions _strict = Strict();

    private static readonly EntryFields _entry = new()
    {
        Status = ListStatus.Current,
        Score = 83,
        Progress = 3,
        Notes = "n",
        CustomLists = ["Comfort"],
        StartedAt = Entries.Date("2025-01"),
        CompletedAt = Entries.Date("2026"),
    };

    [Fact]
    public void What_is_left_out_stays_and_null_clears()
    {
        var (fields, problem) = Apply("""{"notes":null,"startedAt":null,"completedAt":null,"progress":4}""");

        Assert.Null(problem);
        Assert.Equal(_entry with { Notes = null, StartedAt = null, CompletedAt = null, Progress = 4 }, fields);
        Assert.Equal(_entry, Apply("{}").Fields);
    }

    [Fact]
    public void Every_field_can_be_set()
    {
        var (fields, _) = Apply(
            """
            {
              "status": "PAUSED", "score": 9, "progress": 5, "repeat": 2, "priority": 3, "private": true, "notes": "x",
              "hiddenFromStatusLists": true, "customLists": ["b", "a", "b"], "startedAt": "2024", "completedAt": "2024-02-03"
            }
            """
        );

        Assert.Equal(
            new()
            {
                Status = ListStatus.Paused,
                Score = 90,
                Progress = 5,
                Repeat = 2,
                Priority = 3,
                Private = true,
                Notes = "x",
                HiddenFromStatusLists = true,
                CustomLists = ["a", "b"],
                StartedAt = Entries.Date("2024"),
                CompletedAt = Entries.Date("2024-02-03"),
            },
            fields
        );
    }

    [Theory]
    [InlineData("status")]
    [InlineData("score")]
    [InlineData("progress")]
    [InlineData("repeat")]
    [InlineData("priority")]
    [InlineData("private")]
    [InlineData("hiddenFromStatusLists")]
    [InlineData("customLists")]
    public void Null_for_what_always_has_a_value_is_refused(string member) =>
        Assert.Equal($"$.{member}", Refusal($$"""{"{{member}}":null}""").Path);

    [Theory]
    [InlineData("""{"status":"WATCHING"}""", "$.status")]
    [InlineData("""{"status":1}""", "$.status")]
    [InlineData("""{"status":"CURRENT, PAUSED"}""", "$.status")]
    [InlineData("""{"status":"current"}""", "$.status")]
    [InlineData("""{"status":"1"}""", "$.status")]
    [InlineData("""{"score":"8"}""", "$.score")]
    [InlineData("""{"progress":1.5}""", "$.progress")]
    [InlineData("""{"startedAt":"2020-13"}""", "$.startedAt")]
    [InlineData("""{"completedAt":20200101}""", "$.completedAt")]
    [InlineData("""{"notes":"a\u0000"}""", "$.notes")]
    [InlineData("""{"mediaId":1}""", "$.mediaId")]
    [InlineData("""{"fields":[]}""", "$.fields")]
    public void What_does_not_fit_is_refused_by_its_name(string json, string path) =>
        Assert.Equal(path, Refusal(json).Path);

    [Theory]
    [InlineData("""{"customLists":["a",null]}""")]
    [InlineData("""{"progress":1,"progress":2}""")]
    [InlineData("""{"progress":1,"Progress":2}""")]
    public void Nulls_in_lists_and_doubled_members_are_refused(string json) => Refusal(json);

    [Theory]
    [InlineData("""{"score":8}""", ScoreFormat.Point10, 83)]
    [InlineData("""{"score":9}""", ScoreFormat.Point10, 90)]
    [InlineData("""{"score":8.3}""", ScoreFormat.Point10Decimal, 83)]
    [InlineData("""{"score":0}""", ScoreFormat.Point3, 0)]
    [InlineData("""{"notes":"x"}""", ScoreFormat.Point5, 83)]
    public void A_score_is_in_the_format_of_the_person(string json, ScoreFormat format, int raw) =>
        Assert.Equal(raw, Read(json).Apply(_entry, format, _today).Fields.Score);

    [Fact]
    public void A_score_that_nobody_could_enter_is_a_problem_and_changes_nothing()
    {
        var (fields, problem) = Read("""{"score":3.5}""").Apply(_entry, ScoreFormat.Point5, _today);

        Assert.Equal(EntryField.Score, problem?.Field);
        Assert.Equal(_entry, fields);
    }

    [Fact]
    public void A_new_entry_is_planned_unless_the_edit_says_otherwise()
    {
        Assert.Equal(new() { Priority = 1 }, Read("""{"priority":1}""").Apply(null, ScoreFormat.Point5, _today).Fields);
        Assert.Equal(
            new() { Status = ListStatus.Completed, CompletedAt = Entries.Date("2026-05-10") },
            Read("""{"status":"COMPLETED"}""").Apply(null, ScoreFormat.Point5, _today).Fields
        );
    }

    [Fact]
    public void Watching_again_begins_at_the_beginning_unless_the_edit_says_where()
    {
        var complete = _entry with { Status = ListStatus.Completed };

        var from0 = Read("""{"status":"REPEATING"}""").Apply(complete, ScoreFormat.Point5, _today).Fields;
        var from3 = Read("""{"progress":3,"status":"REPEATING"}""").Apply(complete, ScoreFormat.Point5, _today).Fields;

        Assert.Equal(complete with { Status = ListStatus.Repeating, Progress = 0 }, from0);
        Assert.Equal(complete with { Status = ListStatus.Repeating }, from3);
    }

    private static (EntryFields Fields, FieldProblem? Problem) Apply(string json) =>
        Read(json).Apply(_entry, ScoreFormat.Point10, _today);

    private static EntryEdit Read(string json) => JsonSerializer.Deserialize<EntryEdit>(json, _strict)!;

    private static JsonException Refusal(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = LibraryJson.Default };
        StrictJson.Apply(options);
        return options;
    }
}
