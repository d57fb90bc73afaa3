using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Library;

/// <summary>As an array of texts.</summary>
internal sealed class CustomListNamesConverter : JsonConverter<CustomListNames>
{
    public override CustomListNames Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        List<string> names = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? CustomListNames.From(names) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, CustomListNames value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
