using System.Reflection;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Http;

/// <summary>An enum's names on the wire: those of its <see cref="JsonStringEnumMemberNameAttribute"/>s, exactly.</summary>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> _names = Enum.GetValues<TEnum>()
        .ToDictionary(value => value, Declared);

    private static readonly Dictionary<string, TEnum> _values = _names.ToDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    public static string Of(TEnum value) => _names[value];

    /// <returns>Null when none has that name.</returns>
    public static TEnum? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;

    private static string Declared(TEnum value) =>
        typeof(TEnum).GetField($"{value}")!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;
}
