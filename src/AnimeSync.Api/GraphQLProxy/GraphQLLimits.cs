namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// How large and how intricate a client's operation may be. Everything here is refused before AniList is asked, because
/// one of its thirty requests a minute is worth more than our own time.
/// </summary>
internal static class GraphQLLimits
{
    public const int BodyBytes = 64 * 1024;

    /// <summary>JSON levels, the body's own object included. AniList's largest input type needs five.</summary>
    public const int JsonDepth = 32;

    /// <summary>
    /// Fields inside fields. A list with its media's relations' characters' names needs nine; the usual introspection
    /// query needs thirteen.
    /// </summary>
    public const int Depth = 15;

    /// <summary>Selection sets inside each other, fragments included: bounds our own recursion.</summary>
    public const int Nesting = 64;

    /// <summary>AniList's own limit: one point per selected field, wherever it stands, fragments written out.</summary>
    public const int Complexity = 500;

    public const int Operations = 10;
    public const int Fragments = 50;
    public const int Aliases = 100;
    public const int Variables = 100;
    public const int Directives = 100;

    /// <summary>@include and @skip: nothing else is known, and each is of use once.</summary>
    public const int DirectivesPerSelection = 2;

    /// <summary>AniList ends every list at 5,000 entries, so no useful page number or size is larger.</summary>
    public const int Page = 5000;
}
