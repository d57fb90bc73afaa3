using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;

namespace AnimeSync.Sandbox.Lists;

/// <summary>The sample users' lists, the same in every run, whichever of them is read first.</summary>
internal sealed class SampleLists(MediaCatalogue catalogue)
{
    private const int FirstId = 400_000_001;
    private const int IdsPerUser = 100_000;

    public static readonly int[] Owners =
    [
        UserAccounts.Rin,
        UserAccounts.Mika,
        UserAccounts.Solo,
        UserAccounts.Haru,
        UserAccounts.Archive,
    ];

    private readonly Lazy<IReadOnlyList<Facts>> titles = new(() => [.. BuiltInTitles.Read()]);

    /// <summary>No sample entry has a greater id.</summary>
    public static int LastId => FirstId + (Owners.Length * IdsPerUser);

    public static int? OwnerOf(int entryId) =>
        entryId >= FirstId && (entryId - FirstId) / IdsPerUser < Owners.Length
            ? Owners[(entryId - FirstId) / IdsPerUser]
            : null;

    public IEnumerable<ListEntry> Of(int userId)
    {
        var first = FirstId + (Array.IndexOf(Owners, userId) * IdsPerUser);
        return Create(userId).Select((entry, index) => entry with { Id = first + index });
    }

    private IEnumerable<ListEntry> Create(int userId)
    {
        var writer = new SampleEntries(userId);
        return userId switch
        {
            UserAccounts.Rin =>
            [
                .. Series().Take(46).Select((media, index) => writer.Entry(media, index)),
                .. Manga().Take(4).Select((media, index) => writer.Shelved(media, index)),
            ],
            UserAccounts.Solo => [writer.Entry(Series().First(), 0)],
            UserAccounts.Mika => Long(writer, 430, 70),
            UserAccounts.Haru => Long(writer, 2_000, 500),
            // All of one type, because AniList's limit of 11,000 is one collection's.
            UserAccounts.Archive => Long(writer, 11_000, 0),
            _ => [],
        };
    }

    private IEnumerable<ListEntry> Long(SampleEntries writer, int anime, int manga) =>
        // Not the real ones alone, of which none is for adults.
        Anime()
            .Take(anime * 2 / 3)
            .Concat(Synthetic("ANIME"))
            .Take(anime)
            .Concat(Manga().Concat(Synthetic("MANGA")).Take(manga))
            .Select((media, index) => writer.Entry(media, index));

    private IEnumerable<Facts> Series() =>
        Anime()
            .Where(media =>
                SampleEntries.Length(media) >= SampleEntries.AlwaysAhead && (string?)media["status"] == "FINISHED"
            );

    private IEnumerable<Facts> Anime() => BuiltIn().Where(MediaCatalogue.IsAnime);

    private IEnumerable<Facts> Manga() => BuiltIn().Where(media => !MediaCatalogue.IsAnime(media));

    // The catalogue may know more of a title than what is built in, and may have lost it.
    private IEnumerable<Facts> BuiltIn() =>
        titles.Value.Select(media => catalogue.Find(MediaCatalogue.IdOf(media))).OfType<Facts>();

    private IEnumerable<Facts> Synthetic(string type) =>
        catalogue.Synthetic.Where(media => (string?)media["type"] == type);
}
