using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Sandbox.Control;

/// <summary>An instant as ISO 8601 text or, as AniList writes times, in unix seconds; written as text.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return reader.GetDateTimeOffset();
        }

        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64());
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new JsonException("Not an instant.", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
