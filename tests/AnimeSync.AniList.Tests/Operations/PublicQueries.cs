using System.Text.Json.Nodes;
using AnimeSync.AniList.Operations;
using CsCheck;

namespace AnimeSync.AniList.Tests.Operations;

/// <summary>
/// Makes public queries of the shapes that clients send, from a small model of AniList. The ids and words are those that
/// whoever answers them knows.
/// </summary>
internal sealed class PublicQueries(int[] media, int[] characters, int[] staff, int[] studios, string[] words)
{
    // Every query of this model is answered: singles are asked by id, and a page holds one list besides its pageInfo.
    private const string Model = """
        &page: page:Int perPage:Int |
        Query: Media(id:Int type:MediaType):Media Character(id:Int):Character Staff(id:Int):Staff Studio(id:Int):Studio
            GenreCollection MediaTagCollection:MediaTag Page(&page):Page |
        Page: media(search:String id_in:[Int] type:MediaType format_in:[MediaFormat] status:MediaStatus isAdult:Boolean
            genre_in:[String] seasonYear:Int season:MediaSeason startDate_greater:FuzzyDateInt sort:[MediaSort]):Media
            characters(search:String sort:[CharacterSort]):Character staff(id_in:[Int] sort:[StaffSort]):Staff
            studios(search:String sort:[StudioSort]):Studio
            airingSchedules(mediaId_in:[Int] notYetAired:Boolean airingAt_greater:Int sort:[AiringSort]):AiringSchedule |
        PageInfo: total perPage currentPage lastPage hasNextPage |
        Media: id idMal title:MediaTitle type format status(version:Int) description(asHtml:Boolean) season seasonYear
            startDate:FuzzyDate endDate:FuzzyDate episodes duration genres averageScore popularity isAdult siteUrl
            coverImage:MediaCoverImage bannerImage synonyms tags:MediaTag nextAiringEpisode:AiringSchedule
            studios(isMain:Boolean sort:[StudioSort]):StudioConnection relations:MediaConnection
            characters(sort:[CharacterSort] role:CharacterRole &page):CharacterConnection |
        MediaTitle: romaji(stylised:Boolean) english native |
        FuzzyDate: year month day |
        MediaCoverImage: extraLarge large medium color |
        MediaTag: id name rank isMediaSpoiler |
        AiringSchedule: id airingAt episode mediaId |
        StudioConnection: nodes:Studio edges:StudioEdge |
        StudioEdge: isMain node:Studio |
        Studio: id name isAnimationStudio siteUrl |
        MediaConnection: nodes:Media edges:MediaEdge pageInfo:PageInfo |
        MediaEdge: id relationType(version:Int) node:Media |
        CharacterConnection: nodes:Character edges:CharacterEdge pageInfo:PageInfo |
        CharacterEdge: id role node:Character voiceActors(language:StaffLanguage sort:[StaffSort]):Staff |
        Character: id name:CharacterName image:CharacterImage gender age siteUrl favourites |
        CharacterName: first last full native alternative |
        CharacterImage: large medium |
        Staff: id name:StaffName languageV2 image:StaffImage gender siteUrl favourites |
        StaffName: first last full native |
        StaffImage: large medium |
        """;

    private static readonly IReadOnlyDictionary<string, TypeRule> _types = AllowListReader.Read(Model);

    private static readonly Dictionary<string, string[]> _names = new()
    {
        ["MediaType"] = ["ANIME"],
        ["MediaFormat"] = ["TV", "MOVIE", "OVA"],
        ["MediaStatus"] = ["FINISHED", "RELEASING"],
        ["MediaSeason"] = ["WINTER", "FALL"],
        ["MediaSort"] = ["POPULARITY_DESC", "SCORE_DESC", "ID"],
        ["CharacterSort"] = ["ROLE", "FAVOURITES_DESC", "ID"],
        ["CharacterRole"] = ["MAIN", "SUPPORTING"],
        ["StaffSort"] = ["FAVOURITES_DESC", "ID"],
        ["StaffLanguage"] = ["JAPANESE", "ENGLISH"],
        ["StudioSort"] = ["NAME", "FAVOURITES_DESC"],
        ["AiringSort"] = ["TIME", "TIME_DESC"],
    };

    /// <summary>Ids that need nobody to know them.</summary>
    public static PublicQueries Anywhere { get; } =
        new([1, 5, 20, 269], [36, 40], [95, 118], [1, 2], ["bebop", "naruto", "ä \"quoted\" \\ 鬼 😀", "", "#{}...$"]);

    public Gen<PublicQuery> Queries => Gen.Byte.Array[0, 120].Select(bytes => Query(new(bytes)));

    public PublicQuery Query(Choices choices)
    {
        var query = _types["Query"];
        var fields = new List<QueryField>();
        for (var i = choices.Below(3); i >= 0; i--)
        {
            var field = Field(query, choices.Of([.. query.Fields]), choices, 0);
            fields.Add(
                fields.Exists(one => one.ResponseName == field.ResponseName) ? field with { Alias = $"r{i}" } : field
            );
        }

        return new(fields);
    }

    private QueryField Field(TypeRule type, FieldRule rule, Choices choices, int depth)
    {
        var single = type.Name == "Query" && rule.Name is "Media" or "Character" or "Staff" or "Studio";
        var arguments = rule
            .Arguments.ToArray()
            .Where(argument => argument.Name == "id" ? single : choices.Sometimes(3))
            .Select(argument => new QueryArgument(argument, Value(argument.Name, argument.Type, rule, choices)))
            .ToList();
        var alias = choices.Sometimes(6) ? $"a{choices.Below(50)}" : null;
        return new(type, rule, alias, arguments, rule.Type is null ? [] : Selection(rule.Type, choices, depth + 1));
    }

    private List<QueryField> Selection(TypeRule type, Choices choices, int depth)
    {
        var fields = new List<QueryField>();
        var lists = 0;
        for (var i = choices.Below(4); i >= 0 || fields.Count == 0; i--)
        {
            var rule = choices.Of([.. type.Fields]);
            lists += type.Name == "Page" && rule.Name != "pageInfo" ? 1 : 0;
            // Deep down there are leaves only, and where there are none the way to some is short.
            if (depth > 3 && rule.Type is not null && type.Fields.FirstOrDefault(one => one.Type is null) is { } leaf)
            {
                rule = leaf;
            }

            var field = Field(type, rule, choices, depth);
            if (lists < 2 && !fields.Exists(one => one.ResponseName == field.ResponseName))
            {
                fields.Add(field);
            }
        }

        return fields;
    }

    private JsonNode Value(string argument, InputType type, FieldRule field, Choices choices) =>
        type switch
        {
            { Item: { } item } => List(argument, item, field, choices),
            { Kind: InputKind.Enum } => choices.Of(_names[type.Name]),
            { Kind: InputKind.Text } when argument.StartsWith("genre") => choices.Of(["Action", "Drama"]),
            { Kind: InputKind.Text } => choices.Of(words),
            { Kind: InputKind.Boolean } => choices.Below(2) == 1,
            _ => argument switch
            {
                "id" or "id_in" or "mediaId_in" => choices.Of(IdsOf(field)),
                "page" => 1 + choices.Below(3),
                "perPage" => 1 + choices.Below(10),
                "version" => 2,
                "seasonYear" => 1998 + choices.Below(20),
                "startDate_greater" => 20000000,
                _ => 1_600_000_000 + choices.Below(100),
            },
        };

    private JsonArray List(string argument, InputType item, FieldRule field, Choices choices)
    {
        var list = new JsonArray();
        for (var i = choices.Below(3); i >= 0; i--)
        {
            list.Add(Value(argument, item, field, choices));
        }

        return list;
    }

    private int[] IdsOf(FieldRule field) =>
        field.Name.ToUpperInvariant() switch
        {
            "CHARACTER" => characters,
            "STAFF" => staff,
            "STUDIO" => studios,
            _ => media,
        };
}
