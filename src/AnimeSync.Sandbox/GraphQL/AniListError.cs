using GraphQL;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>A refusal in AniList's words; its status becomes the answer's.</summary>
internal sealed class AniListError(int status, string message) : ExecutionError(message)
{
    public int Status { get; } = status;

    /// <summary>Messages by argument, for AniList's "validation" errors.</summary>
    public Dictionary<string, string[]>? Validation { get; init; }

    public static AniListError NotFound() => new(404, "Not Found.");

    public static AniListError PrivateUser() => new(404, "Private User");

    public static AniListError Unauthorized() => new(401, "Unauthorized.");

    public static AniListError Invalid(string argument, string message) => Invalid(new() { [argument] = [message] });

    public static AniListError Invalid(Dictionary<string, string[]> problems) =>
        new(400, "validation") { Validation = problems };
}
