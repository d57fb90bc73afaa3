using AnimeSync.Api.Library;
using CsCheck;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryChangeTests
{
    private static readonly EntryFields _entry = new() { Progress = 3, Score = 70 };

    [Fact]
    public void Any_sequence_of_edits_is_undone_to_entries_equal_in_every_field() =>
        Entries
            .AnyOrNone.Array[1, 12]
            .Sample(states =>
            {
                var changes = states.Zip(states.Skip(1), EntryChange.Between).ToList();
                var current = states[^1];
                for (var at = changes.Count - 1; at >= 0; at--)
                {
                    if (changes[at] is { } change)
                    {
                        Assert.True(change.TryUndo(current, out current, out var since));
                        Assert.True(since.IsNothing);
                    }

                    Assert.Equal(states[at], current);
                }
            });

    [Fact]
    public void Undoing_an_undo_brings_the_change_back() =>
        Gen.Select(Entries.AnyOrNone, Entries.AnyOrNone)
            .Where((before, after) => before != after)
            .Sample(
                (before, after) =>
                {
                    Assert.True(EntryChange.Between(before, after)!.TryUndo(after, out var undone, out _));
                    Assert.True(EntryChange.Between(after, undone)!.TryUndo(undone, out var redone, out _));

                    Assert.Equal(after, redone);
                }
            );

    [Fact]
    public void What_others_changed_since_in_other_fields_stays() =>
        Gen.Select(Entries.Any, Entries.Any, Entries.Any)
            .Where((before, after, _) => before != after)
            .Sample(
                (before, after, later) =>
                {
                    var touched = after.DifferencesFrom(before);
                    var current = later.With(touched, after);

                    Assert.True(EntryChange.Between(before, after)!.TryUndo(current, out var undone, out _));
                    Assert.Equal(later.With(touched, before), undone);
                }
            );

    [Fact]
    public void What_changed_again_is_told_and_nothing_is_undone() =>
        Gen.Select(Entries.Any, Entries.Any, Entries.Any)
            .Sample(
                (before, after, current) =>
                {
                    var touched = after.DifferencesFrom(before);
                    var again = current.DifferencesFrom(after).Except(EntryFieldSet.All.Except(touched));
                    if (again.IsEmpty)
                    {
                        return;
                    }

                    Assert.False(EntryChange.Between(before, after)!.TryUndo(current, out var undone, out var since));
                    Assert.Equal(new EntryDifference(EntryDifference.Kind.Update, again), since);
                    Assert.Equal(current, undone);
                }
            );

    [Fact]
    public void An_entry_that_was_deleted_since_is_told_from_one_that_was_made_again()
    {
        var edit = EntryChange.Between(_entry, _entry with { Progress = 4 })!;
        var deletion = EntryChange.Between(_entry, null)!;

        Assert.False(edit.TryUndo(null, out _, out var deleted));
        Assert.False(deletion.TryUndo(_entry, out _, out var made));

        Assert.Equal(EntryDifference.Kind.Delete, deleted.What);
        Assert.Equal(EntryDifference.Kind.Create, made.What);
    }

    [Fact]
    public void A_creation_is_not_undone_over_a_later_edit()
    {
        var creation = EntryChange.Between(null, _entry)!;

        Assert.False(creation.TryUndo(_entry with { Score = 80 }, out _, out var since));
        Assert.Equal([EntryField.Score], since.Fields.ToArray());
        Assert.True(creation.TryUndo(_entry, out var undone, out _));
        Assert.Null(undone);
    }

    [Fact]
    public void A_change_holds_what_changed_and_nothing_else()
    {
        var change = EntryChange.Between(_entry, _entry with { Progress = 4, Notes = "n" });

        Assert.Equal("""{"progress":3,"notes":null}""", change?.Before?.ToJson());
        Assert.Equal("""{"progress":4,"notes":"n"}""", change?.After?.ToJson());
        Assert.Null(EntryChange.Between(_entry, _entry with { }));
        Assert.Null(EntryChange.Between(null, null));
    }
}
