using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Lists;

/// <summary>Writes one sample user's entries: what is in them follows from their place in the list.</summary>
internal sealed class SampleEntries(int userId)
{
    /// <summary>Enough for a test to count on: so many released episodes lie ahead of whatever rin is watching.</summary>
    public const int AlwaysAhead = 12;

    private const int OnePiece = 21;

    private const int Newest = 1_740_000_000;
    private const int HourSeconds = 3600;
    private const int MonthSeconds = 30 * 24 * HourSeconds;

    private static readonly string[] Statuses =
    [
        "CURRENT",
        "COMPLETED",
        "PLANNING",
        "COMPLETED",
        "PAUSED",
        "DROPPED",
        "REPEATING",
        "COMPLETED",
    ];

    private static readonly string[] Shelf = ["PAUSED", "COMPLETED", "PLANNING"];

    public static int Length(Facts media) =>
        media.GetValueOrDefault("episodes") as int? ?? media.GetValueOrDefault("chapters") as int? ?? 0;

    public ListEntry Entry(Facts media, int index)
    {
        var released = (string?)media.GetValueOrDefault("status") == "FINISHED" && Length(media) > 0;
        // Still airing, so that somebody is told of it.
        var airing = userId == UserAccounts.Mika && media["id"] is OnePiece;
        var status =
            released ? Statuses[index % Statuses.Length]
            : airing ? "CURRENT"
            : "PLANNING";
        var entry = Fill(Blank(media, index), media, status, index);
        return userId switch
        {
            UserAccounts.Rin or UserAccounts.Solo => entry,
            UserAccounts.Haru => Sorted(entry, media, index),
            UserAccounts.Mika when index % 4 == 0 && MediaCatalogue.IsAnime(media) => entry with
            {
                CustomLists = ["Rainy days"],
            },
            _ => entry with { Private = index % 97 == 3 },
        };
    }

    /// <summary>Manga of somebody who mostly watches.</summary>
    public ListEntry Shelved(Facts media, int index) =>
        Fill(Blank(media, 46 + index), media, Shelf[Math.Min(index, Shelf.Length - 1)], index);

    private static ListEntry Fill(ListEntry blank, Facts media, string status, int index)
    {
        var length = Length(media);
        var entry = blank with { Status = status };
        return status switch
        {
            "COMPLETED" => entry with
            {
                Progress = length,
                ProgressVolumes = media.GetValueOrDefault("volumes") as int?,
                Score = 60 + (index * 7 % 40),
                StartedAt = ListEntry.Date(2024, 1, 1 + (index % 28)),
                CompletedAt = ListEntry.Date(2024, 3, 1 + (index % 28)),
            },
            "REPEATING" => entry with { Progress = Math.Min(2, length), Repeat = 1, Score = 90 },
            "DROPPED" => entry with { Progress = Math.Min(3, length), Score = 40 },
            "PAUSED" => entry with
            {
                Progress = Math.Min(5, length),
                ProgressVolumes = MediaCatalogue.IsAnime(media) ? null : 1,
                Notes = "After the holidays.",
                StartedAt = ListEntry.Date(2024, 11, 2),
            },
            "CURRENT" => entry with
            {
                Progress = Math.Clamp(length - AlwaysAhead, 0, 4),
                StartedAt = ListEntry.Date(2025, 1, null),
            },
            _ => entry with { Priority = index % 3 },
        };
    }

    // Everything a list can be sorted into: custom lists, some of them only there, scores by section, private entries.
    private static ListEntry Sorted(ListEntry entry, Facts media, int index)
    {
        string[] anime =
        [
            .. index % 10 == 0 ? ["Comfort"] : Array.Empty<string>(),
            .. index % 15 == 0 ? ["With friends"] : Array.Empty<string>(),
        ];
        string[] manga = index % 5 == 0 ? ["On paper"] : [];
        return entry with
        {
            CustomLists = MediaCatalogue.IsAnime(media) ? anime : manga,
            HiddenFromStatusLists = index % 30 == 0,
            Private = index % 97 == 3,
            AdvancedScores = entry.Score == 0 ? [] : [entry.Score, entry.Score, 80, 70, entry.Score],
        };
    }

    private ListEntry Blank(Facts media, int index)
    {
        // The one entry of solo is the newest of all; the others' lists reach back an hour an entry.
        var updatedAt = userId == UserAccounts.Solo ? Newest + HourSeconds : Newest - (index * HourSeconds);
        return new(0, userId, MediaCatalogue.IdOf(media))
        {
            CreatedAt = updatedAt - MonthSeconds,
            UpdatedAt = updatedAt,
        };
    }
}
