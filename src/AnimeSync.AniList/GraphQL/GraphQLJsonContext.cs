using System.Text.Json;
using System.Text.Json.Serialization;
using GraphQL;

namespace AnimeSync.AniList;

/// <summary>The envelope with its data still unread, because only the caller knows its type.</summary>
internal sealed record GraphQLEnvelope(
    JsonElement Data,
    IReadOnlyList<GraphQLError>? Errors = null,
    JsonElement? Extensions = null
);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // AniList's values: strings where numbers belong would be a change of its contract, not something to guess around.
    NumberHandling = JsonNumberHandling.Strict
)]
[JsonSerializable(typeof(GraphQLRequest))]
[JsonSerializable(typeof(GraphQLEnvelope))]
internal sealed partial class GraphQLJsonContext : JsonSerializerContext;
