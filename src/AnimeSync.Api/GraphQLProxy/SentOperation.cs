using System.Text.Json;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>What a client's body says. <see cref="Variables"/> are only looked at: AniList gets the client's bytes.</summary>
internal readonly record struct SentOperation(
    string Query,
    string? OperationName,
    JsonElement? Variables,
    bool HasExtensions
);
