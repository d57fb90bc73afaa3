namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Titles put together from words.txt: "Akai Tsuki no Monogatari", "Tale of the Red Moon", "赤い月の物語".</summary>
internal static class TitleWords
{
    // Prime, so that neighbours share no word and nothing repeats before every combination was used.
    private const int Step = 7919;

    private static readonly Lazy<ILookup<string, string[]>> Words = new(() =>
        DataFile.Read("words.txt").ToLookup(column => column[0], column => column[1..])
    );

    public static (string Romaji, string English, string Native) At(int index)
    {
        var (firsts, seconds, thirds) = (Part("first"), Part("second"), Part("third"));
        var at = (int)((long)index * Step % (firsts.Count * seconds.Count * thirds.Count));
        var first = firsts[at % firsts.Count];
        var second = seconds[at / firsts.Count % seconds.Count];
        var third = thirds[at / firsts.Count / seconds.Count];
        return (
            $"{first[0]} {second[0]} no {third[0]}",
            $"{third[1]} of the {first[1]} {second[1]}",
            $"{first[2]}{second[2]}の{third[2]}"
        );
    }

    private static List<string[]> Part(string name) => [.. Words.Value[name]];
}
