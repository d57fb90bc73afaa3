using System.Diagnostics;

namespace AnimeSync.Api.Library;

/// <summary>Between raw scores, whole from 0 to 100, and what a person sees and enters. A score that is entered reads back the same.</summary>
internal static class Scores
{
    /// <param name="raw">0 to 100.</param>
    public static double Show(int raw, ScoreFormat format) =>
        format switch
        {
            ScoreFormat.Point100 => raw,
            ScoreFormat.Point10Decimal => raw / 10.0,
            ScoreFormat.Point10 => (raw + 5) / 10,
            ScoreFormat.Point5 => (raw + 19) / 20,
            ScoreFormat.Point3 => Face(raw),
            _ => throw new UnreachableException(),
        };

    /// <summary>Reads a score as entered.</summary>
    /// <param name="present">The raw score that the entry has; it stays when it is shown as what was entered.</param>
    /// <returns>The raw score; null for what nobody could enter in that format.</returns>
    public static int? Enter(double shown, ScoreFormat format, int present)
    {
        if (Show(present, format) == shown)
        {
            return present;
        }

        var raw = Nearest(shown, format);
        return raw is >= 0 and <= EntryFields.BestScore && Show((int)raw, format) == shown ? (int)raw : null;
    }

    /// <summary>The raw scores that are shown as at least the one and at most the other; none when there is no such.</summary>
    public static (int Least, int Most) Range(double least, double most, ScoreFormat format)
    {
        var within = Enumerable
            .Range(0, EntryFields.BestScore + 1)
            .Where(raw => Show(raw, format) >= least && Show(raw, format) <= most)
            .ToList();
        return within.Count > 0 ? (within[0], within[^1]) : (0, -1);
    }

    // Stars and faces stand for the middle of what they cover, as AniList stores them.
    private static double Nearest(double shown, ScoreFormat format) =>
        format switch
        {
            ScoreFormat.Point100 => Math.Round(shown),
            ScoreFormat.Point10Decimal or ScoreFormat.Point10 => Math.Round(shown * 10),
            ScoreFormat.Point5 => shown == 0 ? 0 : Math.Round(shown * 20) - 10,
            ScoreFormat.Point3 => MiddleOf(shown),
            _ => throw new UnreachableException(),
        };

    private static int Face(int raw) =>
        raw switch
        {
            0 => 0,
            <= 35 => 1,
            <= 60 => 2,
            _ => 3,
        };

    private static double MiddleOf(double face) =>
        face switch
        {
            0 => 0,
            1 => 35,
            2 => 60,
            3 => 85,
            _ => double.NaN,
        };
}
