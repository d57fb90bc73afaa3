using System.Runtime.InteropServices;
using System.Text.Json;

namespace AnimeSync.AniList.Operations;

/// <summary>Writes JSON in one way: members sorted, no layout, strings by value, numbers as they were given.</summary>
internal static class CanonicalJson
{
    public static void Write(CanonicalText text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Write("{"u8);
                var members = new List<JsonProperty>(value.EnumerateObject());
                members.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
                foreach (var member in members)
                {
                    text.TryWriteString(member.Name);
                    text.Write(":"u8);
                    Write(text, member.Value);
                    text.Write(","u8);
                }

                text.Write("}"u8);
                break;
            case JsonValueKind.Array:
                text.Write("["u8);
                foreach (var item in value.EnumerateArray())
                {
                    Write(text, item);
                    text.Write(","u8);
                }

                text.Write("]"u8);
                break;
            case JsonValueKind.String:
                JsonInputWriter.TryWriteString(text, value);
                break;
            default:
                text.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }
}
