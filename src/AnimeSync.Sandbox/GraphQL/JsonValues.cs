using System.Collections;
using System.Text.Json;
using GraphQL.Types;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Scalars of the schema as JSON; what has its wanted type already is written without asking the schema.</summary>
internal static class JsonValues
{
    public static void Write(Utf8JsonWriter json, ScalarGraphType type, object value)
    {
        switch (type, value)
        {
            case (StringGraphType, string text):
                json.WriteStringValue(text);
                break;
            case (IntGraphType, int number):
                json.WriteNumberValue(number);
                break;
            case (BooleanGraphType, bool flag):
                json.WriteBooleanValue(flag);
                break;
            default:
                Write(json, type.Serialize(value));
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case IReadOnlyDictionary<string, object?> members:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType());
                break;
        }
    }
}
