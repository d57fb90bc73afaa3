namespace AnimeSync.AniList.Operations;

/// <summary>
/// The mutation that can be folded, because saying it twice says it once, and what may be asked of the saved entry. It
/// goes with the caller's own token, so the caller's fields are welcome besides the public ones.
/// </summary>
internal static class OwnListSelections
{
    private const string Text = """

        Mutation: SaveMediaListEntry(id:Int mediaId:Int status:MediaListStatus score:Float scoreRaw:Int progress:Int
            progressVolumes:Int repeat:Int priority:Int private:Boolean notes:String hiddenFromStatusLists:Boolean
            customLists:[String] advancedScores:[Float] startedAt:FuzzyDateInput completedAt:FuzzyDateInput):MediaList
            | sets what it names; ToggleFavourite flips, and a deletion fails the second time
        MediaList: id userId mediaId status score(format:ScoreFormat) progress progressVolumes repeat priority private
            notes hiddenFromStatusLists customLists(asArray:Boolean) advancedScores startedAt:FuzzyDate
            completedAt:FuzzyDate updatedAt createdAt media:Media user:User | the saved entry
        Media: isFavourite isFavouriteBlocked isLocked mediaListEntry:MediaList | the caller's relation to it
        MediaTitle: userPreferred | the caller's setting
        CharacterName: userPreferred | the caller's setting
        StaffName: userPreferred | the caller's setting
        """;

    public static IReadOnlyDictionary<string, TypeRule> Types { get; } =
        AllowListReader.Read(PublicSelections.Text + Text);

    public static TypeRule Mutation { get; } = Types["Mutation"];
}
