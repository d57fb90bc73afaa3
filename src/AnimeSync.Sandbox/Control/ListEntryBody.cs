using System.Text.Json;

namespace AnimeSync.Sandbox.Control;

/// <summary>Checks what is put as an entry, strictly, so that a typing error shows at once.</summary>
internal static class ListEntryBody
{
    private static readonly string[] Statuses = ["CURRENT", "PLANNING", "COMPLETED", "DROPPED", "PAUSED", "REPEATING"];

    private static readonly string[] DateParts = ["year", "month", "day"];

    private static readonly Dictionary<string, Func<JsonElement, bool>> Members = new()
    {
        ["id"] = IsWhole,
        ["mediaId"] = IsWhole,
        ["status"] = value => IsText(value) && Statuses.Contains(value.GetString()),
        ["score"] = IsNumber,
        ["scoreRaw"] = IsWhole,
        ["progress"] = IsWhole,
        ["progressVolumes"] = value => IsNull(value) || IsWhole(value),
        ["repeat"] = IsWhole,
        ["priority"] = IsWhole,
        ["private"] = IsFlag,
        ["notes"] = value => IsNull(value) || IsText(value),
        ["hiddenFromStatusLists"] = IsFlag,
        ["customLists"] = value => IsListOf(value, IsText),
        ["advancedScores"] = value => IsListOf(value, IsNumber),
        ["startedAt"] = IsDate,
        ["completedAt"] = IsDate,
        ["createdAt"] = IsWhole,
        ["updatedAt"] = IsWhole,
    };

    /// <summary>What is wrong with a body for this title, whose entry has that id if there is one.</summary>
    public static string? ProblemOf(JsonElement body, int mediaId, int? entryId)
    {
        try
        {
            return FirstProblem(body, mediaId, entryId);
        }
        catch (InvalidOperationException)
        {
            return "Half a surrogate pair is no text.";
        }
    }

    private static string? FirstProblem(JsonElement body, int mediaId, int? entryId)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return "An entry is an object.";
        }

        foreach (var member in body.EnumerateObject())
        {
            if (!Members.TryGetValue(member.Name, out var isRight))
            {
                return $"An entry has no {member.Name}.";
            }

            if (!isRight(member.Value))
            {
                return $"{member.Name} cannot be {member.Value.GetRawText()}.";
            }
        }

        // A whole entry may be put back as it was read.
        return Differs(body, "mediaId", mediaId) || Differs(body, "id", entryId)
            ? "The ids of an entry do not change."
            : null;
    }

    private static bool Differs(JsonElement body, string member, int? known) =>
        body.TryGetProperty(member, out var value) && value.GetInt32() != known;

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    // Reading it is what finds half a surrogate pair.
    private static bool IsText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is not null;

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsWhole(JsonElement value) => IsNumber(value) && value.TryGetInt32(out _);

    private static bool IsListOf(JsonElement value, Func<JsonElement, bool> isRight) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(isRight);

    private static bool IsDate(JsonElement value) =>
        IsNull(value)
        || (
            value.ValueKind == JsonValueKind.Object
            && value
                .EnumerateObject()
                .All(part => DateParts.Contains(part.Name) && (IsNull(part.Value) || IsWhole(part.Value)))
        );
}
