using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Library;

/// <summary>The custom lists that an entry is in: a set of names, equal to another with the same names in any order.</summary>
[CollectionBuilder(typeof(CustomListNames), nameof(Of))]
[JsonConverter(typeof(CustomListNamesConverter))]
internal readonly struct CustomListNames : IReadOnlyCollection<string>, IEquatable<CustomListNames>
{
    // Sorted and distinct; null in the value that nobody made, which is as empty as any.
    private readonly string[]? _sorted;

    private CustomListNames(string[] sorted) => _sorted = sorted;

    public int Count => Names.Length;

    private string[] Names => _sorted ?? [];

    public static CustomListNames Of(ReadOnlySpan<string> names) => From(names.ToArray());

    public static CustomListNames From(IEnumerable<string> names) =>
        new([.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    public static bool operator ==(CustomListNames left, CustomListNames right) => left.Equals(right);

    public static bool operator !=(CustomListNames left, CustomListNames right) => !left.Equals(right);

    /// <summary>An array of texts, always the same for equal sets.</summary>
    public string ToJson() => JsonSerializer.Serialize(Names, CustomListNamesJson.Default.StringArray);

    public static CustomListNames FromJson(string json) =>
        From(JsonSerializer.Deserialize(json, CustomListNamesJson.Default.StringArray) ?? []);

    public bool Contains(string name) => Array.BinarySearch(Names, name, StringComparer.Ordinal) >= 0;

    public bool Equals(CustomListNames other) => Names.AsSpan().SequenceEqual(other.Names);

    public override bool Equals(object? obj) => obj is CustomListNames other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in Names)
        {
            hash.Add(name);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(", ", Names);

    public IEnumerator<string> GetEnumerator() => Names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class CustomListNamesJson : JsonSerializerContext;
