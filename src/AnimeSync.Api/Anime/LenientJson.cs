using System.Text.Json;

namespace AnimeSync.Api.Anime;

/// <summary>Reads members that AniList may have got wrong: a value of another type is as good as none.</summary>
internal static class LenientJson
{
    /// <returns>An element of no kind where there is no such member.</returns>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    public static string? Text(this JsonElement element, string name) => element.Member(name).AsText();

    /// <summary>A number that counts something, so none below zero.</summary>
    public static int? Count(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member
        && member.TryGetInt32(out var number)
        && number >= 0
            ? number
            : null;

    public static bool? Flag(this JsonElement element, string name) =>
        element.Member(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>Unix seconds.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member
        && member.TryGetInt64(out var seconds)
        && seconds > 0
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>An address that a client can show without a thought: no script, no data, no plain http.</summary>
    public static string? HttpsUrl(this JsonElement element, string name) =>
        element.Text(name) is { } text
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
            ? address.AbsoluteUri
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];

    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            return null;
        }
    }
}
