using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>What a client's body says. <see cref="Variables"/> are only looked at: AniList gets the client's bytes.</summary>
/// <param name="Query">Empty where only <paramref name="PersistedHash"/> names it.</param>
internal readonly record struct SentOperation(
    string Query,
    string? OperationName,
    JsonElement? Variables,
    bool HasExtensions = false,
    string? PersistedHash = null
)
{
    // Escapes only what JSON must have escaped; nothing here ever meets HTML.
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same operation without extensions, which are for us and not for AniList.</summary>
    public ReadOnlyMemory<byte> ToBody()
    {
        var body = new ArrayBufferWriter<byte>(Query.Length + 256);
        using (var writer = new Utf8JsonWriter(body, _plain))
        {
            writer.WriteStartObject();
            writer.WriteString("query"u8, Query);
            if (Variables is { } variables)
            {
                // Raw: numbers must not pass through a double.
                writer.WritePropertyName("variables"u8);
                writer.WriteRawValue(variables.GetRawText(), skipInputValidation: true);
            }

            if (OperationName is not null)
            {
                writer.WriteString("operationName"u8, OperationName);
            }

            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
