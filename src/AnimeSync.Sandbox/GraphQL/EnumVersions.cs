namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Enums that grew: a caller that does not ask for the newer version is told the nearest older value.</summary>
internal static class EnumVersions
{
    public static string? Status(string? status, int? version) =>
        status == "HIATUS" && version is not >= 2 ? "RELEASING" : status;

    public static string? Source(string? source, int? version) =>
        source switch
        {
            "NOVEL" or "DOUJINSHI" or "ANIME" when version is not >= 2 => "OTHER",
            "WEB_NOVEL"
            or "LIVE_ACTION"
            or "GAME"
            or "COMIC"
            or "MULTIMEDIA_PROJECT"
            or "PICTURE_BOOK" when version is not >= 3 => "OTHER",
            _ => source,
        };

    public static string? Relation(string? type, int? version) =>
        type switch
        {
            "SOURCE" when version is not >= 2 => "ADAPTATION",
            "COMPILATION" or "CONTAINS" when version is not >= 2 => "OTHER",
            "SAME_UNIVERSE" when version is not >= 3 => "OTHER",
            _ => type,
        };
}
