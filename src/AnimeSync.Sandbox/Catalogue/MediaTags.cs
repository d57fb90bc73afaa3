using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>The tags titles can have, from tags.txt.</summary>
internal static class MediaTags
{
    private static readonly Lazy<Dictionary<string, Facts>> ByName = new(() =>
        DataFile.Read("tags.txt").Select(Parse).ToDictionary(tag => (string)tag["name"]!)
    );

    public static IReadOnlyCollection<Facts> All => ByName.Value.Values;

    /// <summary>A title's tags as "Space:94;Crime:89" says them: names, and how well each fits in percent.</summary>
    public static List<object?> Ranked(string text) =>
        [
            .. text.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(tag => tag.Split(':'))
                .Select(tag => new Facts(ByName.Value[tag[0]])
                {
                    ["rank"] = int.Parse(tag[1], CultureInfo.InvariantCulture),
                    // On AniList a tag that is a spoiler anywhere is one for each title that has it.
                    ["isMediaSpoiler"] = ByName.Value[tag[0]]["isGeneralSpoiler"],
                }),
        ];

    private static Facts Parse(string[] column) =>
        new()
        {
            ["id"] = int.Parse(column[0], CultureInfo.InvariantCulture),
            ["name"] = column[1],
            ["category"] = column[2],
            ["isGeneralSpoiler"] = column[3] == "spoiler",
            ["isMediaSpoiler"] = false,
            ["isAdult"] = column[3] == "adult",
            ["description"] = column[4],
        };
}
