using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.AniList;

/// <summary>As text; what <see cref="FuzzyDate.TryParse"/> does not take is refused.</summary>
public sealed class FuzzyDateConverter : JsonConverter<FuzzyDate>
{
    public override FuzzyDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && FuzzyDate.TryParse(reader.GetString(), out var date)
            ? date
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, FuzzyDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
