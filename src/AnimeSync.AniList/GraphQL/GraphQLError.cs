using System.Text.Json;

namespace GraphQL;

/// <summary>One entry of `errors`.</summary>
/// <param name="Status">AniList's own member: the HTTP status that belongs to this error.</param>
/// <param name="Validation">AniList's own member: argument name → what is wrong with it.</param>
public sealed record GraphQLError(
    string? Message,
    IReadOnlyList<GraphQLLocation>? Locations = null,
    JsonElement? Path = null,
    JsonElement? Extensions = null,
    int? Status = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Validation = null
);

/// <summary>Where in the document; both count from 1.</summary>
public sealed record GraphQLLocation(int Line, int Column);
