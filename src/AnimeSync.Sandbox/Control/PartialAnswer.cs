using System.Text;
using System.Text.Json.Nodes;
using AnimeSync.Sandbox.GraphQL;

namespace AnimeSync.Sandbox.Control;

/// <summary>A right answer of which one part is null and an error tells so, inside a 200 as AniList's documents warn.</summary>
internal static class PartialAnswer
{
    private const string Error = """{"message":"Internal Server Error","status":500,"locations":[]}""";

    public static Answer Spoil(Answer answer, OperationShape? shape)
    {
        // Only what has data can lose a part of it.
        if (answer.Status != 200 || JsonNode.Parse(answer.Body.Span) is not JsonObject { } whole)
        {
            return answer;
        }

        if (whole["data"] is not JsonObject { Count: > 0 } data)
        {
            return answer;
        }

        Lose(data);
        var error = JsonNode.Parse(Error)!;
        ((JsonArray)error["locations"]!).Add(
            new JsonObject { ["line"] = shape?.FirstField.Line, ["column"] = shape?.FirstField.Column }
        );
        var spoiled = new JsonObject { ["errors"] = new JsonArray(error), ["data"] = data.DeepClone() };
        return answer with { Body = Encoding.UTF8.GetBytes(spoiled.ToJsonString(Relaxed)) };
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Of several root fields the last; of one its last object, or the last item of its last list. In AniList's schema
    // numbers and names may not be null, but objects and the items of lists almost always may.
    private static void Lose(JsonObject data)
    {
        var last = data.Last();
        if (data.Count > 1 || last.Value is not JsonObject root)
        {
            data[last.Key] = null;
            return;
        }

        var part = root.LastOrDefault(member => member.Value is JsonObject or JsonArray { Count: > 0 });
        if (part.Value is JsonArray list)
        {
            list[^1] = null;
        }
        else if (part.Value is not null)
        {
            root[part.Key] = null;
        }
        else
        {
            data[last.Key] = null;
        }
    }
}
