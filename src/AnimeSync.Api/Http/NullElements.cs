using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AnimeSync.Api.Http;

/// <summary>A null inside a list or map whose type says that it holds none.</summary>
/// <param name="field">Where, seen from the object that the reader was in.</param>
internal sealed class NullElementException(string field) : JsonException
{
    public string Field { get; } = field;
}

/// <summary>Holds lists and maps to their annotations; the serializer itself looks at members only.</summary>
internal static class NullElements
{
    /// <summary>A contract modifier: whatever is read of this type is looked through afterwards.</summary>
    public static void Refuse(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var nullability = new NullabilityInfoContext();
        var collections = type
            .Properties.Where(member => member is { Get: not null, AttributeProvider: PropertyInfo })
            .Select(member =>
                (member.Name, Get: member.Get!, Declared: nullability.Create((PropertyInfo)member.AttributeProvider!))
            )
            .Where(member => ForbidsNull(member.Declared))
            .ToList();
        if (collections.Count == 0)
        {
            return;
        }

        var before = type.OnDeserialized;
        type.OnDeserialized = value =>
        {
            before?.Invoke(value);
            foreach (var (name, get, declared) in collections)
            {
                if (FindNull(get(value), declared, name) is { } field)
                {
                    throw new NullElementException(field);
                }
            }
        };
    }

    private static bool ForbidsNull(NullabilityInfo declared) =>
        ElementOf(declared) is { } element
        && ((element.ReadState == NullabilityState.NotNull && !element.Type.IsValueType) || ForbidsNull(element));

    private static NullabilityInfo? ElementOf(NullabilityInfo declared) =>
        declared.Type == typeof(string) || !declared.Type.IsAssignableTo(typeof(IEnumerable))
            ? null
            : declared.ElementType ?? declared.GenericTypeArguments.LastOrDefault();

    private static string? FindNull(object? value, NullabilityInfo declared, string field)
    {
        var element = ElementOf(declared);
        return (value, element) switch
        {
            (IDictionary map, not null) => map
                .Keys.Cast<object>()
                .Select(key => FindIn(map[key], element, $"{field}.{key}"))
                .FirstOrDefault(found => found is not null),
            (IEnumerable list, not null) => list.Cast<object?>()
                .Select((item, at) => FindIn(item, element, $"{field}[{at.ToString(CultureInfo.InvariantCulture)}]"))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };
    }

    private static string? FindIn(object? item, NullabilityInfo declared, string field) =>
        item is not null ? FindNull(item, declared, field)
        : declared.ReadState == NullabilityState.NotNull ? field
        : null;
}
