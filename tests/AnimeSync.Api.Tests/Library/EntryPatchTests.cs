using System.Text.Json;
using AnimeSync.AniList;
using AnimeSync.Api.Library;
using CsCheck;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryPatchTests
{
    private static readonly EntryFields _full = new()
    {
        Status = ListStatus.Repeating,
        Score = 85,
        Progress = 3,
        Repeat = 1,
        Priority = 2,
        Private = true,
        Notes = "\"終\" <b>",
        HiddenFromStatusLists = true,
        CustomLists = ["With friends", "Comfort"],
        StartedAt = FuzzyDate.Of(2020, null, null),
        CompletedAt = FuzzyDate.Of(2020, 5, 3),
    };

    [Fact]
    public void All_of_an_entry_in_JSON() =>
        Assert.Equal(
            """{"status":"REPEATING","score":85,"progress":3,"repeat":1,"priority":2,"private":true,"notes":"\u0022終\u0022 \u003Cb\u003E","hiddenFromStatusLists":true,"customLists":["Comfort","With friends"],"startedAt":"2020","completedAt":"2020-05-03"}""",
            _full.ToJson()
        );

    [Fact]
    public void Null_and_nothing_are_told_apart()
    {
        var patch = EntryPatch.Of([EntryField.Notes, EntryField.StartedAt], new());

        Assert.Equal("""{"notes":null,"startedAt":null}""", patch.ToJson());
        Assert.Equal(patch, EntryPatch.FromJson(patch.ToJson()));
        Assert.Equal(_full with { Notes = null, StartedAt = null }, patch.ApplyTo(_full));
        Assert.Equal(EntryFieldSet.None, EntryPatch.FromJson("{}").Fields);
    }

    [Fact]
    public void A_patch_comes_back_from_JSON_as_it_was() =>
        Gen.Select(Entries.FieldSets, Entries.Any)
            .Sample(
                (fields, values) =>
                {
                    var patch = EntryPatch.Of(fields, values);

                    Assert.Equal(patch, EntryPatch.FromJson(patch.ToJson()));
                }
            );

    [Fact]
    public void An_entry_comes_back_from_JSON_as_it_was() =>
        Entries.Any.Sample(fields => Assert.Equal(fields, EntryFields.FromJson(fields.ToJson())));

    [Fact]
    public void A_patch_changes_what_it_names_and_nothing_else() =>
        Gen.Select(Entries.FieldSets, Entries.Any, Entries.Any)
            .Sample(
                (fields, values, before) =>
                {
                    var after = EntryPatch.Of(fields, values).ApplyTo(before);

                    Assert.All(
                        EntryFieldSet.All,
                        field => Assert.Equal((fields.Contains(field) ? values : before)[field], after[field])
                    );
                }
            );

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"status":"WATCHING"}""")]
    [InlineData("""{"status":0}""")]
    [InlineData("""{"status":"0"}""")]
    [InlineData("""{"status":"CURRENT, PAUSED"}""")]
    [InlineData("""{"status":"current"}""")]
    [InlineData("""{"status":"Current"}""")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"score":8.5}""")]
    [InlineData("""{"score":"8"}""")]
    [InlineData("""{"Score":8}""")]
    [InlineData("""{"score":8,"score":9}""")]
    [InlineData("""{"mood":1}""")]
    [InlineData("""{"customLists":null}""")]
    [InlineData("""{"customLists":[null]}""")]
    [InlineData("""{"customLists":["a",["b"]]}""")]
    [InlineData("""{"customLists":{"a":true}}""")]
    [InlineData("""{"startedAt":"2020-13"}""")]
    [InlineData("""{"startedAt":2020}""")]
    public void Anything_else_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => EntryPatch.FromJson(json));
}
