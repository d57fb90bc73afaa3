namespace AnimeSync.Sandbox.Lists;

/// <summary>AniList keeps 0 to 100 and shows it in the user's format; 0 is no score in all of them.</summary>
internal static class Scores
{
    private const double Best = 100;

    public static double Show(double raw, string format) =>
        format switch
        {
            "POINT_10_DECIMAL" => Math.Round(raw / 10, 1),
            "POINT_10" => Math.Round(raw / 10, MidpointRounding.AwayFromZero),
            "POINT_5" => Math.Min(5, Math.Ceiling(raw / 20)),
            "POINT_3" => raw switch
            {
                <= 0 => 0,
                <= 35 => 1,
                <= 60 => 2,
                _ => 3,
            },
            _ => raw,
        };

    /// <summary>Stars and smileys stand for the middle of their range; nothing is better than the best.</summary>
    public static double Read(double shown, string format) =>
        shown <= 0
            ? 0
            : format switch
            {
                "POINT_10_DECIMAL" => Math.Min(Best, Math.Round(shown * 10)),
                "POINT_10" => Math.Min(Best, Math.Round(shown, MidpointRounding.AwayFromZero) * 10),
                "POINT_5" => Math.Clamp((Math.Round(shown) * 20) - 10, 0, 90),
                "POINT_3" => shown switch
                {
                    <= 1 => 35,
                    <= 2 => 60,
                    _ => 85,
                },
                _ => Math.Round(shown, MidpointRounding.AwayFromZero),
            };
}
