using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Http;

/// <summary>
/// An enum by its exact names. The serializer's own converter also takes numbers, other cases and several names at once,
/// which it adds up.
/// </summary>
internal sealed class NamedEnumConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && EnumNames<TEnum>.Find(reader.GetString()!) is { } value
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(EnumNames<TEnum>.Of(value));
}
