using System.Text.Json;
using System.Text.Json.Nodes;
using AnimeSync.AniList.Gateway;
using GraphQL;

namespace AnimeSync.AniList.Lists;

/// <summary>Writes requests about lists, and reads what comes back.</summary>
internal static class ListQuestion
{
    public static byte[] BodyOf(string document, JsonObject variables) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new GraphQLRequest(document, variables),
            GraphQLJsonContext.Default.GraphQLRequest
        );

    public static DirectRequest Read(Lane lane, ListOwner? owner, string document, JsonObject variables)
    {
        var body = new DirectRequestBody(BodyOf(document, variables));
        return new(lane, owner?.Asker ?? Guid.Empty, _ => new(body)) { OpenToken = owner?.OpenToken };
    }

    /// <returns>Null when the answer's data are not of the shape that was asked for.</returns>
    public static T? ReadData<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.Member("data") is { } data ? read(data) : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
