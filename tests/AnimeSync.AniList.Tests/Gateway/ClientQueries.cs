namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>Public queries as trackers send them: details, searches, seasons, people, calendars.</summary>
internal static class ClientQueries
{
    private const string Card =
        "id title{romaji english native} type format status(version:2) episodes season seasonYear averageScore coverImage{large color}";

    private const string Details = """
        id idMal title{romaji english native} description(asHtml:false) format status(version:2) season seasonYear
        startDate{year month day} endDate{year month day} episodes duration genres synonyms averageScore popularity
        coverImage{extraLarge color} bannerImage siteUrl isAdult studios(isMain:true){nodes{id name}}
        tags{id name rank isMediaSpoiler} relations{edges{relationType(version:2) node{id title{romaji} type}}}
        """;

    public static IReadOnlyList<string> Sixty { get; } =
    [
        .. Each(12, i => $"query Details{{Media(id:{900_001 + i},type:ANIME){{{Details}}}}}"),
        .. Each(12, i => $"{{Media(id:{900_050 + i}){{{Card}}}}}"),
        .. Each(
            8,
            i =>
                $"query($s:String=\"{Word(i)}\"){{Page(page:1,perPage:20){{pageInfo{{hasNextPage}} media(search:$s,sort:[SEARCH_MATCH]){{{Card}}}}}}}"
        ),
        .. Each(
            8,
            i =>
                $"{{Page(page:{i + 1},perPage:25){{media(season:WINTER,seasonYear:2024,sort:[POPULARITY_DESC]){{{Card}}}}}}}"
        ),
        .. Each(
            6,
            i =>
                $"{{Page(perPage:{i + 5}){{characters(sort:[FAVOURITES_DESC]){{id name{{full native}} image{{large}}}}}}}}"
        ),
        .. Each(
            5,
            i => $"{{Page(perPage:{i + 5}){{staff(sort:[FAVOURITES_DESC]){{id name{{full}} image{{medium}}}}}}}}"
        ),
        .. Each(5, i => $"{{Page(perPage:{i + 5}){{studios(sort:[NAME]){{id name isAnimationStudio}}}}}}"),
        .. Each(3, i => $"{{Page(perPage:{i + 10}){{airingSchedules(sort:[TIME]){{id episode airingAt mediaId}}}}}}"),
        "{GenreCollection}",
    ];

    private static string Word(int i) =>
        (string[])["cowboy", "fullmetal", "naruto", "ghost", "spirited", "planet", "monster", "haibane"] is var words
            ? words[i]
            : "";

    private static IEnumerable<string> Each(int count, Func<int, string> query) =>
        Enumerable.Range(0, count).Select(query);
}
