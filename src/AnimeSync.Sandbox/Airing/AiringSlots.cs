using System.Globalization;
using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Airing;

/// <summary>Known airings of series without an end, from slots.txt.</summary>
internal static class AiringSlots
{
    private static readonly Lazy<Dictionary<int, (long At, int Episode)>> ById = new(() =>
        DataFile
            .Read("slots.txt")
            .ToDictionary(
                column => int.Parse(column[0], CultureInfo.InvariantCulture),
                column =>
                    (
                        DateTimeOffset.Parse(column[1], CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
                        int.Parse(column[2], CultureInfo.InvariantCulture)
                    )
            )
    );

    public static (long At, int Episode)? Of(int mediaId) =>
        ById.Value.TryGetValue(mediaId, out var slot) ? slot : null;
}
