namespace AnimeSync.AniList.Operations;

/// <summary>What an answer tells about, ordered by how soon it is out of date: later is sooner.</summary>
public enum AnswerKind
{
    Constant,
    Title,
    Person,
    Search,
    Profile,
    Community,
    Airing,
}
