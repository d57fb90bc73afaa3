namespace AnimeSync.Api.Library;

/// <summary>What is known of a title's length.</summary>
/// <param name="Episodes">How many there will be in all, null when nobody says.</param>
/// <param name="Aired">How many there are so far, null when that is not known or all of them.</param>
internal sealed record KnownTitle(int? Episodes, int? Aired)
{
    public static readonly KnownTitle Nothing = new(null, null);

    /// <summary>The number of the last episode that anybody can have watched.</summary>
    public int? LastEpisode => Aired ?? Episodes;

    /// <param name="next">The episode announced next, with its time. One whose time has passed says only that what we know is old.</param>
    public static KnownTitle At(DateTimeOffset now, int? episodes, (int Episode, DateTimeOffset AiringAt)? next) =>
        new(
            episodes is > 0 ? episodes : null,
            next is { Episode: > 0 } announced && announced.AiringAt > now ? announced.Episode - 1 : null
        );
}
