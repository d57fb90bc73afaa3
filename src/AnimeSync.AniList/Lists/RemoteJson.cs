using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// Reads members of AniList's answers: null and nothing are the same, and a value of another type is a
/// <see cref="FormatException"/>, because what was meant cannot be guessed.
/// </summary>
internal static class RemoteJson
{
    /// <returns>Null where there is no such member, or it is null.</returns>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object ? throw Wrong(name)
        : element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member
        : null;

    /// <summary>A number that counts something, so none below zero.</summary>
    public static int? Count(this JsonElement element, string name) =>
        element.Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= 0 ? number
        : throw Wrong(name);

    public static bool? Flag(this JsonElement element, string name) =>
        element.Member(name)?.ValueKind switch
        {
            null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name),
        };

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.String ? WithoutNul(member.GetString()!)
        : throw Wrong(name);

    /// <summary>Unix seconds; 0 is AniList's way to say that it does not know.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number
        && member.TryGetInt64(out var seconds)
        && seconds >= 0
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? seconds == 0 ? null
                : DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw Wrong(name);

    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : throw Wrong(name);

    public static string WithoutNul(string text) => text.Replace("\0", string.Empty, StringComparison.Ordinal);

    public static FormatException Wrong(string name) => new($"AniList's {name} makes no sense.");
}
