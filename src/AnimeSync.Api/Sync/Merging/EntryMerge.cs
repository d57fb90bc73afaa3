using AnimeSync.Api.Library;

namespace AnimeSync.Api.Sync;

/// <summary>
/// Brings an entry's two sides together, field by field. What one side changed is taken; what both changed alike is no
/// conflict; where they differ <see cref="FieldMerge"/> chooses and the other's value becomes a conflict. An edit stands
/// against a deletion, whichever side did which. Two sides that met for the first time are compared with a new entry, so
/// that a value beats none.
/// </summary>
/// <remarks>
/// After a send the entry that AniList returns is one more remote version, to be merged with what was sent as the base:
/// taken as the base itself it would make an edit that fell between look as if it had been taken back here.
/// </remarks>
internal static class EntryMerge
{
    public static MergeResult Merge(EntryVersions versions)
    {
        List<EntryConflict> conflicts = [];
        var seen = versions.Seen;
        var merged = (versions.Local, seen) switch
        {
            (null, null) => null,
            (null, { } remote) => WithoutLocal(versions, remote, conflicts),
            ({ } local, null) => WithoutRemote(versions, local, conflicts),
            ({ } local, { } remote) => FieldByField(versions, local, remote, conflicts),
        };

        return new(
            merged,
            seen,
            EntryDifference.Between(seen, merged),
            EntryDifference.Between(versions.Local, merged),
            conflicts
        );
    }

    private static EntryFields? WithoutLocal(EntryVersions versions, EntryFields remote, List<EntryConflict> conflicts)
    {
        if (versions.Base is null)
        {
            return remote;
        }

        if (versions.Base == remote)
        {
            return null;
        }

        conflicts.Add(new(null, null, EntryPatch.Whole(remote), OursWon: false));
        return remote;
    }

    private static EntryFields? WithoutRemote(EntryVersions versions, EntryFields local, List<EntryConflict> conflicts)
    {
        if (versions.Base is null)
        {
            return local;
        }

        if (versions.Base == local)
        {
            return null;
        }

        conflicts.Add(new(null, EntryPatch.Whole(local), null, OursWon: true));
        return local;
    }

    private static EntryFields FieldByField(
        EntryVersions versions,
        EntryFields local,
        EntryFields remote,
        List<EntryConflict> conflicts
    )
    {
        var before = versions.Base ?? new();
        var theirs = remote.DifferencesFrom(before);
        // What they did not change stays as it is here, and what is alike as well.
        var merged = local;
        foreach (var field in remote.DifferencesFrom(local))
        {
            if (!theirs.Contains(field))
            {
                continue;
            }

            if (!local.Differs(field, before))
            {
                merged = merged.With(field, remote);
            }
            else if (field == EntryField.CustomLists)
            {
                merged = merged with
                {
                    CustomLists = FieldMerge.Names(before.CustomLists, local.CustomLists, remote.CustomLists),
                };
            }
            else
            {
                var oursWins = FieldMerge.OursWins(field, before, local, remote) ?? versions.OursIsLater(field);
                merged = oursWins ? merged : merged.With(field, remote);
                conflicts.Add(new(field, EntryPatch.Of([field], local), EntryPatch.Of([field], remote), oursWins));
            }
        }

        return merged;
    }
}
