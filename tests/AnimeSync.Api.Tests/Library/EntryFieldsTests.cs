using AnimeSync.Api.Library;
using CsCheck;

namespace AnimeSync.Api.Tests.Library;

public sealed class EntryFieldsTests
{
    [Fact]
    public void Every_member_is_a_field_and_every_field_a_member()
    {
        var members = typeof(EntryFields).GetProperties().Where(member => member.GetIndexParameters().Length == 0);

        Assert.Equal(Enum.GetNames<EntryField>().Order(), members.Select(member => member.Name).Order());
    }

    [Fact]
    public void What_differs_is_what_has_to_be_taken_to_become_the_other() =>
        Gen.Select(Entries.Any, Entries.Any)
            .Sample(
                (one, other) =>
                {
                    var differences = one.DifferencesFrom(other);

                    Assert.Equal(other, one.With(differences, other));
                    Assert.All(
                        differences,
                        field => Assert.NotEqual(other, one.With(differences.Except([field]), other))
                    );
                }
            );

    [Fact]
    public void Taking_a_field_takes_no_other() =>
        Gen.Select(Entries.Any, Entries.Any, Gen.Enum<EntryField>())
            .Sample(
                (one, other, field) =>
                {
                    var taken = one.With(field, other);

                    Assert.Equal(other[field], taken[field]);
                    Assert.Empty(taken.DifferencesFrom(one).Except([field]));
                }
            );

    [Fact]
    public void Custom_lists_are_equal_by_their_names_in_any_order()
    {
        var lists = CustomListNames.From(["b", "a", "b"]);

        Assert.True(lists == CustomListNames.From(["a", "b"]));
        Assert.Equal(CustomListNames.From(["a", "b"]).GetHashCode(), lists.GetHashCode());
        Assert.True(lists != CustomListNames.From(["A", "b"]));
        Assert.True(default(CustomListNames) == CustomListNames.From([]));
    }

    [Fact]
    public void Empty_notes_are_none() => Assert.Equal(new EntryFields(), new EntryFields { Notes = string.Empty });

    [Fact]
    public void A_set_of_fields_has_each_once()
    {
        EntryFieldSet fields = [EntryField.CompletedAt, EntryField.Status, EntryField.Status];

        Assert.Equal([EntryField.Status, EntryField.CompletedAt], fields.ToArray());
        Assert.Equal(2, fields.Count);
        Assert.Equal([EntryField.Status], fields.Except([EntryField.CompletedAt, EntryField.Score]).ToArray());
        Assert.True(EntryFieldSet.All == fields.Union(EntryFieldSet.All.Except(fields)));
        Assert.Equal("status, completedAt", fields.ToString());
    }
}
