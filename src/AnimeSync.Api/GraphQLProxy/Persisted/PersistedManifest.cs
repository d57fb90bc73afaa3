using System.Text;
using System.Text.Json;

namespace AnimeSync.Api.GraphQLProxy.Persisted;

/// <summary>A document before it has been judged.</summary>
/// <param name="Where">Names it in a refusal, without any of its text.</param>
/// <param name="Hash">What its SHA-256 is said to be; a file in a folder says nothing.</param>
internal sealed record PersistedDocument(string Where, byte[] Text, string? Hash);

/// <summary>Reads a JSON file of hashes and documents: one object, or the manifest that Apollo's tools write.</summary>
internal static class PersistedManifest
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    public static IReadOnlyList<PersistedDocument> Read(byte[] json)
    {
        using var manifest = JsonDocument.Parse(json, _strict);
        var root = manifest.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException();
        }

        return root.TryGetProperty("format", out var format) ? ReadApollo(root, format) : ReadObject(root);
    }

    private static List<PersistedDocument> ReadObject(JsonElement root) =>
        [.. root.EnumerateObject().Select((member, at) => Document(at, member.Name, Text(member.Value)))];

    private static List<PersistedDocument> ReadApollo(JsonElement root, JsonElement format)
    {
        var isKnown =
            format.ValueKind == JsonValueKind.String
            && format.ValueEquals("apollo-persisted-query-manifest")
            && root.TryGetProperty("version", out var version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number)
            && number == 1
            && root.TryGetProperty("operations", out var operations)
            && operations.ValueKind == JsonValueKind.Array;
        if (!isKnown)
        {
            throw new JsonException();
        }

        return
        [
            .. root.GetProperty("operations")
                .EnumerateArray()
                .Select((operation, at) => Document(at, Member(operation, "id"), Member(operation, "body"))),
        ];
    }

    private static PersistedDocument Document(int at, string hash, string text) =>
        new($"number {at + 1}", Encoding.UTF8.GetBytes(text), hash);

    private static string Member(JsonElement operation, string name) =>
        operation.ValueKind == JsonValueKind.Object && operation.TryGetProperty(name, out var value)
            ? Text(value)
            : throw new JsonException();

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException();
}
