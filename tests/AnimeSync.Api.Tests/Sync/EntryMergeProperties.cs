using AnimeSync.Api.Library;
using AnimeSync.Api.Sync;
using AnimeSync.Api.Tests.Library;
using CsCheck;

namespace AnimeSync.Api.Tests.Sync;

public sealed class EntryMergeProperties
{
    private static readonly Gen<EntryVersions> _versions = Gen.Select(
        Gen.Select(Entries.AnyOrNone, Entries.AnyOrNone, Entries.AnyOrNone),
        Gen.Int[0, 3].Array[EntryFieldSet.All.Count],
        Gen.Int[0, 3],
        Gen.Frequency((3, Gen.Const(EntryFieldSet.None)), (1, Entries.FieldSets)),
        (three, received, updated, unseen) =>
            new EntryVersions(three.Item1, three.Item2, three.Item3)
            {
                ReceivedAt = EntryFieldSet.All.ToDictionary(field => field, field => At(received[(int)field])),
                RemoteUpdatedAt = At(updated),
                Unseen = unseen,
            }
    );

    [Fact]
    public void The_same_versions_merge_to_the_same_result() =>
        _versions.Sample(versions =>
        {
            var one = EntryMerge.Merge(versions);
            var other = EntryMerge.Merge(versions with { });

            Assert.Equal(one with { Conflicts = [] }, other with { Conflicts = [] });
            Assert.Equal(one.Conflicts, other.Conflicts);
        });

    [Fact]
    public void Merging_what_was_merged_changes_nothing() =>
        _versions.Sample(versions =>
        {
            var merged = EntryMerge.Merge(versions).Merged;

            var again = EntryMerge.Merge(versions with { Base = merged, Local = merged, Remote = merged });

            Assert.Equal(merged, again.Merged);
            Assert.True(again is { ToSend.IsNothing: true, ChangedHere.IsNothing: true, Conflicts: [] });
        });

    [Fact]
    public void What_is_to_be_written_makes_both_sides_the_merged_entry() =>
        _versions.Sample(versions =>
        {
            var result = EntryMerge.Merge(versions);

            Assert.Equal(result.Merged, Written(versions.Local, result.ChangedHere, result.Merged));
            Assert.Equal(result.Merged, Written(result.Seen, result.ToSend, result.Merged));
        });

    [Fact]
    public void A_merge_that_was_not_sent_yet_sends_the_same_the_next_time() =>
        _versions.Sample(versions =>
        {
            var result = EntryMerge.Merge(versions);

            var again = EntryMerge.Merge(versions with { Base = result.Seen, Local = result.Merged });

            Assert.Equal(result with { ChangedHere = default, Conflicts = [] }, again with { Conflicts = [] });
            Assert.Empty(again.Conflicts);
        });

    [Fact]
    public void Progress_never_drops_unless_a_side_asked_for_it_and_the_other_did_not_raise_it() =>
        _versions.Sample(versions =>
        {
            var merged = EntryMerge.Merge(versions).Merged;
            if (versions is not { Base: { } before, Local: { } ours, Seen: { } theirs } || merged is null)
            {
                return;
            }

            var rewatched = Began(before, ours) || Began(before, theirs);
            var asked = ours.Progress < before.Progress || theirs.Progress < before.Progress;
            var raised = ours.Progress > before.Progress || theirs.Progress > before.Progress;
            Assert.True(merged.Progress >= before.Progress || (asked && (!raised || rewatched)));
        });

    [Fact]
    public void A_rewatch_that_began_survives_with_its_progress() =>
        _versions.Sample(versions =>
        {
            if (versions is not { Base: { } before, Local: { } ours, Seen: { } theirs })
            {
                return;
            }

            var merged = EntryMerge.Merge(versions).Merged!;
            if (Began(before, ours) || Began(before, theirs))
            {
                Assert.Equal(ListStatus.Repeating, merged.Status);
            }

            if (Began(before, ours) && !Began(before, theirs) && ours.Progress != before.Progress)
            {
                Assert.Equal(ours.Progress, merged.Progress);
            }
        });

    [Fact]
    public void Nothing_is_lost_without_a_conflict_that_can_restore_it() =>
        _versions.Sample(versions =>
        {
            var result = EntryMerge.Merge(versions);
            if (versions is not { Local: { } ours, Seen: { } theirs } || result.Merged is not { } merged)
            {
                return;
            }

            var before = versions.Base ?? new();
            foreach (var field in EntryFieldSet.All.Except([EntryField.CustomLists]))
            {
                var lost = Lost(field, before, ours, merged) || Lost(field, before, theirs, merged);
                Assert.Equal(lost, result.Conflicts.Any(conflict => conflict.Field == field));
            }

            Assert.All(
                result.Conflicts,
                conflict =>
                {
                    var winner = conflict.OursWon ? conflict.Ours : conflict.Theirs;
                    var loser = conflict.OursWon ? conflict.Theirs : conflict.Ours;
                    Assert.Equal(merged, winner!.ApplyTo(merged));
                    Assert.NotEqual(merged, loser!.ApplyTo(merged));
                }
            );
        });

    [Fact]
    public void The_order_in_which_edits_of_different_fields_arrive_makes_no_difference() =>
        Gen.Select(Entries.Any, Entries.Any, Gen.Shuffle(EntryFieldSet.All.ToArray()), Gen.Int[0, 2].Array[11])
            .Sample(
                (start, wanted, order, turns) =>
                {
                    var sides = new TwoSides(start);
                    foreach (var (field, turn) in order.Zip(turns))
                    {
                        if (turn == 0)
                        {
                            sides.Synchronise();
                        }

                        sides.Edit(EntryPatch.Of([field], wanted), here: turn == 1);
                    }

                    sides.Synchronise();

                    Assert.Equal((wanted, wanted), (sides.Local, sides.Remote));
                }
            );

    [Fact]
    public void Both_sides_agree_after_two_rounds_whatever_happened_between_a_read_and_its_send() =>
        Gen.Select(
                Entries.AnyOrNone,
                Gen.Select(Gen.Bool, Gen.Bool, Entries.AnyOrNone, Entries.FieldSets).Array[0, 8],
                Entries.AnyOrNone,
                Entries.FieldSets
            )
            .Sample(
                (start, edits, late, lateFields) =>
                {
                    var sides = new TwoSides(start);
                    foreach (var (here, whole, values, fields) in edits)
                    {
                        if (whole || values is null)
                        {
                            sides.Replace(values, here);
                        }
                        else
                        {
                            sides.Edit(EntryPatch.Of(fields, values), here);
                        }
                    }

                    sides.Synchronise(between: () =>
                    {
                        if (late is null)
                        {
                            sides.Replace(null, here: false);
                        }
                        else
                        {
                            sides.Edit(EntryPatch.Of(lateFields, late), here: false);
                        }
                    });
                    sides.Synchronise();

                    Assert.Equal(sides.Local, sides.Remote);
                    Assert.Equal(sides.Local, sides.Base);
                }
            );

    internal static EntryFields? Written(EntryFields? to, EntryDifference difference, EntryFields? from) =>
        difference.What switch
        {
            EntryDifference.Kind.Nothing => to,
            EntryDifference.Kind.Delete => null,
            EntryDifference.Kind.Create => from,
            _ => to?.With(difference.Fields, from!),
        };

    internal static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private static bool Began(EntryFields before, EntryFields after) =>
        before.Status != ListStatus.Repeating && after.Status == ListStatus.Repeating;

    private static bool Lost(EntryField field, EntryFields before, EntryFields side, EntryFields merged) =>
        side.Differs(field, before) && side.Differs(field, merged);
}
