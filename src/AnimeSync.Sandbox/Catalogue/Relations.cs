using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>How built-in titles belong together, from relations.txt; every relation is known from both ends.</summary>
internal static class Relations
{
    private static readonly Lazy<ILookup<int, (string Type, int To)>> All = new(() =>
        Stated().SelectMany(BothEnds).Distinct().ToLookup(pair => pair.From, pair => (pair.Type, pair.To))
    );

    /// <summary>What the titles at the other ends are to this one: its SEQUEL, its SOURCE ...</summary>
    public static IEnumerable<(string Type, int To)> Of(int mediaId) => All.Value[mediaId];

    private static IEnumerable<(int From, string Type, int To)> Stated()
    {
        foreach (var column in DataFile.Read("relations.txt"))
        {
            var ids = column[1].Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
            for (var i = 1; i < ids.Count; i++)
            {
                yield return (column[0] == "SEQUEL" ? ids[i - 1] : ids[0], column[0], ids[i]);
            }
        }
    }

    private static IEnumerable<(int From, string Type, int To)> BothEnds((int From, string Type, int To) stated) =>
        [stated, (stated.To, Inverse(stated.Type), stated.From)];

    private static string Inverse(string type) =>
        type switch
        {
            "SEQUEL" => "PREQUEL",
            "ADAPTATION" => "SOURCE",
            "SIDE_STORY" or "SPIN_OFF" or "SUMMARY" => "PARENT",
            _ => type,
        };
}
