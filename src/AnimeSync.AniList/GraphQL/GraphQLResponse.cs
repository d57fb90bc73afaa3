using System.Text.Json;

namespace GraphQL;

/// <summary>What a GraphQL server answered; data and errors may both be there.</summary>
public record GraphQLResponse<T>(T? Data, IReadOnlyList<GraphQLError>? Errors, JsonElement? Extensions);
