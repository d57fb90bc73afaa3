using System.Security.Cryptography;
using System.Text;
using GraphQLParser.AST;

namespace AnimeSync.Api.GraphQLProxy.Persisted;

/// <summary>A document of the operator's that has passed what every client's document must pass.</summary>
/// <param name="Changes">Something at AniList, by one of its operations at least: a GET must not send it.</param>
internal sealed record PersistedOperation(string Query, bool Changes)
{
    public static string HashOf(string query) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)));

    public static bool IsHash(string text) =>
        text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigitLower);

    /// <returns>Why the document cannot be taken; never a part of it.</returns>
    public static string? TryCreate(string query, bool allowIntrospection, out PersistedOperation operation)
    {
        operation = new(query, Changes: false);
        if (OperationInspector.TryParse(query, out var document) is { } unreadable)
        {
            return unreadable.Detail;
        }

        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        // The one argument that makes a query of AniList's change something.
        var changes =
            operations.Exists(one => one.Operation == OperationType.Mutation)
            || query.Contains("resetNotificationCount", StringComparison.Ordinal);
        operation = new(query, changes);

        // As a client would send it, so that nothing is on the list that could not be sent.
        var name = operations.Count > 1 ? operations[0].Name?.StringValue : null;
        var body = new SentOperation(query, name, Variables: null).ToBody();
        var refusal =
            SentOperationReader.TryRead(body.Span, out var sent)
            ?? OperationInspector.TryInspect(sent, allowIntrospection, out _);
        return refusal?.Detail;
    }
}
