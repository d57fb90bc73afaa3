using System.Globalization;

namespace AnimeSync.Sandbox.Catalogue;

/// <summary>What titles that belong together share: other names, tags, and a sentence on what they are about.</summary>
internal sealed record Premises(IReadOnlyList<string> OtherNames, List<object?> Tags, string Text)
{
    private static readonly Premises Nothing = new([], [], "");

    private static readonly Lazy<Dictionary<int, Premises>> ById = new(() =>
        (
            from column in DataFile.Read("premises.txt")
            let premises = new Premises(
                column[1].Split(';', StringSplitOptions.RemoveEmptyEntries),
                MediaTags.Ranked(column[2]),
                column[3]
            )
            from id in column[0].Split(' ')
            select (Id: int.Parse(id, CultureInfo.InvariantCulture), premises)
        ).ToDictionary(pair => pair.Id, pair => pair.premises)
    );

    public static Premises Of(int mediaId) => ById.Value.GetValueOrDefault(mediaId, Nothing);
}
