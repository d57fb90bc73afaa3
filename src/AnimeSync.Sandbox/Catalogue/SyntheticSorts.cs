namespace AnimeSync.Sandbox.Catalogue;

/// <summary>Genres, tags and studios of titles made by rule: a few lists that thousands of titles share.</summary>
internal static class SyntheticSorts
{
    private static readonly (string Genres, string Tags)[] Kinds =
    [
        ("Action;Adventure;Fantasy", "Magic:88;Swordplay:80;Travel:61"),
        ("Comedy;Slice of Life", "School:90;Iyashikei:77;Episodic:55"),
        ("Drama;Romance", "Coming of Age:86;Heterosexual:83;School:60"),
        ("Mystery;Psychological;Thriller", "Detective:91;Crime:85;Conspiracy:70"),
        ("Action;Mecha;Sci-Fi", "Real Robot:92;War:75;Space:66"),
        ("Comedy;Sports", "School Club:84;Primarily Male Cast:70;Volleyball:40"),
        ("Fantasy;Mahou Shoujo", "Henshin:93;Magic:90;Primarily Female Cast:82"),
        ("Horror;Supernatural", "Ghost:87;Curses:79;Gore:52"),
        ("Music;Slice of Life", "Band:94;Rock Music:71;Cute Girls Doing Cute Things:63"),
        ("Adventure;Comedy;Fantasy", "Isekai:95;Reincarnation:81;Video Games:45"),
        ("Comedy;Romance;Supernatural", "Youkai:85;Tsundere:74;Shrine Maiden:50"),
        ("Drama;Sci-Fi", "Artificial Intelligence:89;Philosophy:72;Cyberpunk:64"),
    ];

    private static readonly string[] StudioNames =
    [
        "Studio Kawasemi",
        "Atelier Mikazuki",
        "Enban",
        "Hitsuji Works",
        "Kamome Pictures",
        "Nijuuroku",
        "Studio Tanpopo",
        "Yoru no Ita",
        "Mokumoku",
        "Studio Harukaze",
        "Kazaguruma",
        "Sazanami Animation",
        "Toorima",
        "Studio Donguri",
        "Asagiri Film",
        "Hakobune",
    ];

    private static readonly Lazy<List<(List<object?> Genres, List<object?> Tags)>> Lists = new(() =>
        [.. Kinds.Select(kind => ((List<object?>)[.. kind.Genres.Split(';')], MediaTags.Ranked(kind.Tags)))]
    );

    private static readonly Lazy<List<Facts>> Connections = new(() =>
        [.. StudioNames.Select(name => Studios.Connection([name]))]
    );

    public static Facts NoStudio { get; } = Catalogue.Studios.Connection([]);

    public static List<object?> Genres(int mix) => Lists.Value[mix / 2 % Kinds.Length].Genres;

    public static List<object?> Tags(int mix) => Lists.Value[mix / 2 % Kinds.Length].Tags;

    public static Facts Studio(int mix) => Connections.Value[mix / 4 % StudioNames.Length];
}
