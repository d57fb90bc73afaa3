using AnimeSync.AniList;

namespace AnimeSync.Api.Library;

/// <summary>What follows for an entry from what a person did with it, as on AniList's own site.</summary>
internal static class EntryProgress
{
    /// <summary>
    /// One more episode watched. Whoever planned, paused or dropped it watches it now; the first episode starts it today, the
    /// last one completes it today, each where no date was. The last one of a rewatch counts it as repeated and leaves the
    /// dates, which are those of the first time.
    /// </summary>
    /// <param name="entry">A new one as <see cref="EntryFields.Default"/> of PLANNING.</param>
    /// <param name="today">In the person's own time zone.</param>
    /// <param name="kept">Dates to leave: those that AniList holds in a form that is read as null.</param>
    /// <returns>The entry, or why there is no next episode; one that is complete has to be started again by its status.</returns>
    public static (EntryFields Fields, FieldProblem? Problem) NextEpisode(
        EntryFields entry,
        KnownTitle title,
        DateOnly today,
        EntryFieldSet kept
    )
    {
        if (entry.Status == ListStatus.Completed)
        {
            return (
                entry,
                new(EntryField.Progress, "Already complete. Set the status to REPEATING to watch it again.")
            );
        }

        if (entry.Progress >= (title.LastEpisode ?? int.MaxValue))
        {
            return (entry, new(EntryField.Progress, $"Episode {entry.Progress} is the last one so far."));
        }

        var progress = entry.Progress + 1;
        var rewatch = entry.Status == ListStatus.Repeating;
        var watched = entry with { Progress = progress, Status = rewatch ? entry.Status : ListStatus.Current };
        if (progress == 1 && !rewatch && !kept.Contains(EntryField.StartedAt))
        {
            watched = watched with { StartedAt = watched.StartedAt ?? FuzzyDate.Of(today) };
        }

        if (progress != title.Episodes)
        {
            return (watched, null);
        }

        return rewatch ? (Repeated(watched), null) : (Completed(watched, today, kept), null);
    }

    /// <summary>
    /// What an edit brings along for fields that it does not name. Watching again begins at episode 0 when the entry was
    /// complete or planned; a viewing that was under way, paused or dropped goes on where it was, since progress is never
    /// lost unasked. An entry made as COMPLETED was completed today. AniList's own API does the second and not the first,
    /// which its documents leave to the client.
    /// </summary>
    /// <param name="before">Null when the entry is new.</param>
    /// <param name="named">The fields that the edit names.</param>
    public static EntryFields Follow(EntryFields? before, EntryFields after, EntryFieldSet named, DateOnly today)
    {
        if (before is null)
        {
            return after is { Status: ListStatus.Completed } && !named.Contains(EntryField.CompletedAt)
                ? Completed(after, today, EntryFieldSet.None)
                : after;
        }

        var startsOver =
            after.Status == ListStatus.Repeating && before.Status is ListStatus.Completed or ListStatus.Planning;
        return startsOver && !named.Contains(EntryField.Progress) ? after with { Progress = 0 } : after;
    }

    private static EntryFields Repeated(EntryFields watched) =>
        watched with
        {
            Status = ListStatus.Completed,
            Repeat = Math.Min(watched.Repeat + 1, EntryFields.MostRepeats),
        };

    private static EntryFields Completed(EntryFields watched, DateOnly today, EntryFieldSet kept)
    {
        var day = FuzzyDate.Of(today);
        // A start that lies ahead is somebody's slip; an end before it would make two.
        var dated = kept.Contains(EntryField.CompletedAt) || (watched.StartedAt is { } start && day.IsBefore(start));
        return watched with
        {
            Status = ListStatus.Completed,
            CompletedAt = dated ? watched.CompletedAt : watched.CompletedAt ?? day,
        };
    }
}
