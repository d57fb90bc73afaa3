using AnimeSync.Api.Library;
using AnimeSync.Api.Sync;
using AnimeSync.Api.Tests.Library;

namespace AnimeSync.Api.Tests.Sync;

public sealed class EntryMergeTests
{
    private static readonly DateTimeOffset _noon = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly EntryFields _base = new()
    {
        Status = ListStatus.Current,
        Score = 50,
        Progress = 5,
        Repeat = 1,
        Priority = 1,
        Notes = "base",
        CustomLists = ["Comfort", "Old"],
        StartedAt = Entries.Date("2024"),
        CompletedAt = Entries.Date("2025"),
    };

    /// <summary>Of each field three values that all differ.</summary>
    private static readonly EntryFields _ours = new()
    {
        Status = ListStatus.Paused,
        Score = 60,
        Progress = 7,
        Repeat = 2,
        Priority = 2,
        Private = true,
        Notes = "ours",
        HiddenFromStatusLists = true,
        CustomLists = ["Comfort", "Ours"],
        StartedAt = Entries.Date("2024-02"),
        CompletedAt = Entries.Date("2025-02"),
    };

    private static readonly EntryFields _theirs = new()
    {
        Status = ListStatus.Dropped,
        Score = 70,
        Progress = 6,
        Repeat = 3,
        Priority = 3,
        Private = true,
        Notes = "theirs",
        HiddenFromStatusLists = true,
        CustomLists = ["Old", "Theirs"],
        StartedAt = Entries.Date("2024-03"),
        CompletedAt = Entries.Date("2025-03"),
    };

    public static TheoryData<string> EveryField => [.. EntryFieldSet.All.Select(EntryFieldNames.WireName)];

    [Theory]
    [MemberData(nameof(EveryField))]
    public void A_field_that_nobody_changed_stays(string name)
    {
        var result = Merge(Only(name, _base), Only(name, _base), Only(name, _base));

        Assert.Equal(Only(name, _base), result.Merged);
        Assert.True(result is { ToSend.IsNothing: true, ChangedHere.IsNothing: true, Conflicts: [] });
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void A_field_that_changed_here_is_sent(string name)
    {
        var result = Merge(Only(name, _base), Only(name, _ours), Only(name, _base), later: "theirs");

        Assert.Equal(Only(name, _ours), result.Merged);
        Assert.Equal(Update(name), result.ToSend);
        Assert.True(result is { ChangedHere.IsNothing: true, Conflicts: [] });
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void A_field_that_changed_there_is_taken(string name)
    {
        var result = Merge(Only(name, _base), Only(name, _base), Only(name, _theirs), later: "ours");

        Assert.Equal(Only(name, _theirs), result.Merged);
        Assert.Equal(Update(name), result.ChangedHere);
        Assert.True(result is { ToSend.IsNothing: true, Conflicts: [] });
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void A_field_that_changed_alike_is_no_conflict(string name)
    {
        var result = Merge(Only(name, _base), Only(name, _ours), Only(name, _ours));

        Assert.Equal(Only(name, _ours), result.Merged);
        Assert.True(result is { ToSend.IsNothing: true, ChangedHere.IsNothing: true, Conflicts: [] });
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void A_field_that_the_answer_hides_did_not_change_there(string name)
    {
        var hidden = Only(name, _theirs);

        var unchanged = Merge(Only(name, _base), Only(name, _base), hidden, unseen: [Field(name)]);
        var changed = Merge(Only(name, _base), Only(name, _ours), hidden, unseen: [Field(name)], later: "theirs");

        Assert.True(unchanged is { ToSend.IsNothing: true, ChangedHere.IsNothing: true, Conflicts: [] });
        Assert.Equal(Only(name, _base), unchanged.Seen);
        Assert.Equal(Only(name, _ours), changed.Merged);
        Assert.Equal(Update(name), changed.ToSend);
        Assert.Empty(changed.Conflicts);
    }

    [Theory]
    [InlineData("status", "ours", "ours")]
    [InlineData("status", "theirs", "theirs")]
    [InlineData("status", "neither", "ours")]
    [InlineData("score", "ours", "ours")]
    [InlineData("score", "theirs", "theirs")]
    [InlineData("score", "neither", "ours")]
    [InlineData("progress", "ours", "ours")]
    [InlineData("progress", "theirs", "ours")]
    [InlineData("repeat", "ours", "ours")]
    [InlineData("repeat", "theirs", "theirs")]
    [InlineData("priority", "ours", "ours")]
    [InlineData("priority", "theirs", "theirs")]
    [InlineData("notes", "ours", "ours")]
    [InlineData("notes", "theirs", "theirs")]
    [InlineData("startedAt", "ours", "ours")]
    [InlineData("startedAt", "theirs", "theirs")]
    [InlineData("completedAt", "ours", "ours")]
    [InlineData("completedAt", "theirs", "theirs")]
    public void Of_two_changes_one_wins_and_the_other_can_be_restored(string name, string later, string winner)
    {
        var result = Merge(Only(name, _base), Only(name, _ours), Only(name, _theirs), later: later);

        var oursWon = winner == "ours";
        Assert.Equal(Only(name, oursWon ? _ours : _theirs), result.Merged);
        Assert.Equal(oursWon ? Update(name) : default, result.ToSend);
        Assert.Equal(oursWon ? default : Update(name), result.ChangedHere);
        EntryFieldSet field = [Field(name)];
        Assert.Equal(
            [new(Field(name), EntryPatch.Of(field, _ours), EntryPatch.Of(field, _theirs), oursWon)],
            result.Conflicts
        );
    }

    [Theory]
    [InlineData("CURRENT", "REPEATING", "COMPLETED", "REPEATING")]
    [InlineData("CURRENT", "COMPLETED", "REPEATING", "REPEATING")]
    [InlineData("COMPLETED", "REPEATING", "COMPLETED", "REPEATING")]
    [InlineData("REPEATING", "REPEATING", "COMPLETED", "COMPLETED")]
    [InlineData("REPEATING", "COMPLETED", "REPEATING", "COMPLETED")]
    public void Watching_again_is_kept_unless_a_side_ended_it(string before, string ours, string theirs, string merged)
    {
        foreach (var later in (string[])["ours", "theirs"])
        {
            var result = Merge(WithStatus(before), WithStatus(ours), WithStatus(theirs), later: later);

            Assert.Equal(WithStatus(merged), result.Merged);
        }
    }

    [Theory]
    [InlineData(5, 7, 6, 7)]
    [InlineData(5, 6, 7, 7)]
    [InlineData(5, 3, 7, 7)]
    [InlineData(5, 7, 3, 7)]
    [InlineData(5, 3, 4, 4)]
    [InlineData(5, 3, 5, 3)]
    [InlineData(5, 5, 0, 0)]
    public void The_larger_progress_is_taken(int before, int ours, int theirs, int merged)
    {
        foreach (var later in (string[])["ours", "theirs"])
        {
            var result = Merge(At(before), At(ours), At(theirs), later: later);

            Assert.Equal(At(merged), result.Merged);
        }
    }

    [Theory]
    [InlineData("REPEATING", 1, "COMPLETED", 12, 1)]
    [InlineData("COMPLETED", 12, "REPEATING", 1, 1)]
    [InlineData("REPEATING", 1, "REPEATING", 3, 3)]
    [InlineData("REPEATING", 3, "REPEATING", 1, 3)]
    public void The_progress_of_a_rewatch_that_began_goes_with_it(
        string ours,
        int oursAt,
        string theirs,
        int theirsAt,
        int merged
    )
    {
        var result = Merge(
            WithStatus("CURRENT") with
            {
                Progress = 11,
            },
            WithStatus(ours) with
            {
                Progress = oursAt,
            },
            WithStatus(theirs) with
            {
                Progress = theirsAt,
            }
        );

        Assert.Equal(WithStatus("REPEATING") with { Progress = merged }, result.Merged);
    }

    [Theory]
    [InlineData("REPEATING", 4, "REPEATING", 6, 6)]
    [InlineData("COMPLETED", 12, "REPEATING", 6, 12)]
    public void The_progress_of_a_rewatch_that_goes_on_is_the_larger(
        string ours,
        int oursAt,
        string theirs,
        int theirsAt,
        int merged
    )
    {
        var before = WithStatus("REPEATING") with { Progress = 3 };

        var result = Merge(
            before,
            WithStatus(ours) with
            {
                Progress = oursAt,
            },
            WithStatus(theirs) with
            {
                Progress = theirsAt,
            }
        );

        Assert.Equal(WithStatus(ours) with { Progress = merged }, result.Merged);
    }

    [Theory]
    [InlineData("2024", null, "2025", "2025")]
    [InlineData("2024", "2025", null, "2025")]
    [InlineData("2024", null, "2024", null)]
    [InlineData("2024", "2024", null, null)]
    [InlineData(null, "2024", "2025", "2024")]
    public void A_date_beats_none_when_both_changed(string? before, string? ours, string? theirs, string? merged)
    {
        Assert.Equal(Started(merged), Merge(Started(before), Started(ours), Started(theirs)).Merged);
        Assert.Equal(Completed(merged), Merge(Completed(before), Completed(ours), Completed(theirs)).Merged);
    }

    [Theory]
    [InlineData("a b", "a b c", "a b d", "a b c d")]
    [InlineData("a b", "a", "b", "")]
    [InlineData("a b", "a c", "a b d", "a c d")]
    [InlineData("a", "", "a b", "b")]
    [InlineData("a", "", "", "")]
    [InlineData("", "a", "a b", "a b")]
    public void Custom_lists_merge_name_by_name(string before, string ours, string theirs, string merged)
    {
        static EntryFields In(string names) =>
            new() { CustomLists = CustomListNames.From(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)) };

        var result = Merge(In(before), In(ours), In(theirs));

        Assert.Equal(In(merged), result.Merged);
        Assert.Empty(result.Conflicts);
    }

    [Fact]
    public void Changes_of_different_fields_are_both_kept()
    {
        var result = Merge(_base, _base with { Score = 60 }, _base with { Notes = "theirs" });

        Assert.Equal(_base with { Score = 60, Notes = "theirs" }, result.Merged);
        Assert.Equal(Update("score"), result.ToSend);
        Assert.Equal(Update("notes"), result.ChangedHere);
        Assert.Empty(result.Conflicts);
    }

    [Fact]
    public void An_edit_without_a_time_is_older_than_all() =>
        Assert.Equal(
            _base with
            {
                Notes = "theirs",
            },
            EntryMerge
                .Merge(
                    new(_base, _base with { Notes = "ours" }, _base with { Notes = "theirs" })
                    {
                        RemoteUpdatedAt = _noon,
                    }
                )
                .Merged
        );

    [Fact]
    public void An_entry_made_here_is_created_there()
    {
        var result = Merge(null, _ours, null);

        Assert.Equal(_ours, result.Merged);
        Assert.Equal(new(EntryDifference.Kind.Create, EntryFieldSet.All), result.ToSend);
        Assert.True(result is { ChangedHere.IsNothing: true, Seen: null, Conflicts: [] });
    }

    [Fact]
    public void An_entry_made_there_is_created_here()
    {
        var result = Merge(null, null, _theirs);

        Assert.Equal(_theirs, result.Merged);
        Assert.Equal(new(EntryDifference.Kind.Create, EntryFieldSet.All), result.ChangedHere);
        Assert.True(result is { ToSend.IsNothing: true, Conflicts: [] });
    }

    [Fact]
    public void Of_an_entry_made_on_both_sides_a_value_beats_none()
    {
        var result = Merge(
            null,
            new() { Status = ListStatus.Current, Progress = 2 },
            new()
            {
                Score = 80,
                Progress = 3,
                Notes = "theirs",
            },
            later: "ours"
        );

        Assert.Equal(
            new()
            {
                Status = ListStatus.Current,
                Progress = 3,
                Score = 80,
                Notes = "theirs",
            },
            result.Merged
        );
    }

    [Fact]
    public void A_deletion_here_of_what_nobody_changed_is_sent()
    {
        var result = Merge(_base, null, _base);

        Assert.Null(result.Merged);
        Assert.Equal(new(EntryDifference.Kind.Delete, EntryFieldSet.None), result.ToSend);
        Assert.True(result is { ChangedHere.IsNothing: true, Conflicts: [] });
    }

    [Fact]
    public void A_deletion_there_of_what_nobody_changed_is_taken()
    {
        var result = Merge(_base, _base, null);

        Assert.Null(result.Merged);
        Assert.Equal(new(EntryDifference.Kind.Delete, EntryFieldSet.None), result.ChangedHere);
        Assert.True(result is { ToSend.IsNothing: true, Seen: null, Conflicts: [] });
    }

    [Fact]
    public void A_deletion_on_both_sides_is_one()
    {
        var result = Merge(_base, null, null);

        Assert.True(result is { Merged: null, ToSend.IsNothing: true, ChangedHere.IsNothing: true, Conflicts: [] });
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void An_edit_there_stands_against_a_deletion_here(string name)
    {
        var edited = _base.With(Field(name), _theirs);

        var result = Merge(_base, null, edited, later: "ours");

        Assert.Equal(edited, result.Merged);
        Assert.Equal(new(EntryDifference.Kind.Create, EntryFieldSet.All), result.ChangedHere);
        Assert.True(result.ToSend.IsNothing);
        Assert.Equal([new(null, null, EntryPatch.Whole(edited), OursWon: false)], result.Conflicts);
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void An_edit_here_stands_against_a_deletion_there(string name)
    {
        var edited = _base.With(Field(name), _ours);

        var result = Merge(_base, edited, null, later: "theirs");

        Assert.Equal(edited, result.Merged);
        Assert.Equal(new(EntryDifference.Kind.Create, EntryFieldSet.All), result.ToSend);
        Assert.True(result.ChangedHere.IsNothing);
        Assert.Equal([new(null, EntryPatch.Whole(edited), null, OursWon: true)], result.Conflicts);
    }

    private static MergeResult Merge(
        EntryFields? before,
        EntryFields? local,
        EntryFields? remote,
        EntryFieldSet unseen = default,
        string later = "neither"
    ) =>
        EntryMerge.Merge(
            new(before, local, remote)
            {
                ReceivedAt = EntryFieldSet.All.ToDictionary(field => field, _ => _noon),
                RemoteUpdatedAt = later switch
                {
                    "ours" => _noon.AddSeconds(-1),
                    "theirs" => _noon.AddSeconds(1),
                    _ => _noon,
                },
                Unseen = unseen,
            }
        );

    private static EntryFields Only(string name, EntryFields from) => _base.With(Field(name), from);

    private static EntryField Field(string name) => EntryFieldNames.Find(name)!.Value;

    private static EntryDifference Update(string name) => new(EntryDifference.Kind.Update, [Field(name)]);

    private static EntryFields At(int progress) => new() { Status = ListStatus.Current, Progress = progress };

    private static EntryFields Started(string? text) => new() { StartedAt = text is null ? null : Entries.Date(text) };

    private static EntryFields Completed(string? text) =>
        new() { CompletedAt = text is null ? null : Entries.Date(text) };

    private static EntryFields WithStatus(string status) =>
        EntryPatch.FromJson($$"""{"status":"{{status}}"}""").ApplyTo(new());
}
