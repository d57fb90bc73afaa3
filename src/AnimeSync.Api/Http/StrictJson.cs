using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AnimeSync.Api.Http;

/// <summary>
/// Says no where the web defaults guess: double and unknown members, missing or null ones that are required, nulls in
/// lists of what cannot be null, numbers in quotes or beyond a double, U+0000.
/// </summary>
internal static class StrictJson
{
    private const int DeepestNesting = 32;

    /// <summary>Call when every feature has added its contracts: one that comes later is not held to all of this.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = DeepestNesting;
        options.Converters.Add(new StorableTextConverter());
        options.Converters.Add(new FiniteNumberConverter());
        options.TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(NullElements.Refuse);
    }

    // 1e400 is read as infinity, which no answer can repeat.
    private sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.GetDouble() is var number && double.IsFinite(number)
                ? number
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value);
    }

    // PostgreSQL cannot hold U+0000 in text (error 22021); lone surrogates are refused by the reader itself.
    private sealed class StorableTextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException();
            }

            return Storable(reader.GetString());
        }

        public override string ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => Storable(reader.GetString())!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);

        private static string? Storable(string? text) =>
            text?.Contains('\0', StringComparison.Ordinal) == true ? throw new JsonException() : text;
    }
}
