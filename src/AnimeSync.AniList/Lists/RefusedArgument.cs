namespace AnimeSync.AniList.Lists;

/// <param name="Name">AniList's name of the argument.</param>
/// <param name="Messages">In AniList's words.</param>
public sealed record RefusedArgument(string Name, IReadOnlyList<string> Messages);
