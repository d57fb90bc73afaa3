using GraphQL;
using GraphQL.Validation;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>GraphQL's own validation, told in the words of AniList's server.</summary>
internal static class AniListValidation
{
    public static IReadOnlyList<IValidationRule> Rules { get; } = [.. DocumentValidator.CoreRules];

    public static string MessageOf(ExecutionError error)
    {
        // AniList's server quotes with double quotes and makes no suggestions.
        var message = error.Message.Replace('\'', '"');
        var suggestion = message.IndexOf(" Did you mean", StringComparison.Ordinal);
        return suggestion >= 0 ? message[..suggestion] : message;
    }
}
