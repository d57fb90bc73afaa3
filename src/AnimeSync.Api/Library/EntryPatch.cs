using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace AnimeSync.Api.Library;

/// <summary>
/// Values of some fields of an entry. A field that is named with null says that there is none; one that is not named says
/// nothing. In JSON an object with a member for each named field.
/// </summary>
internal sealed record EntryPatch
{
    private static readonly EntryFields _blank = new();

    // Notes are in every script, and this is stored, never part of a page.
    private static readonly JavaScriptEncoder _encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    private static readonly StoredEntryJson _json = new(
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            NumberHandling = JsonNumberHandling.Strict,
        }
    );

    private static readonly JsonTypeInfo[] _valueTypes =
    [
        .. EntryFieldSet.All.Select(field =>
            _json.GetTypeInfo(
                _json.EntryFields.Properties.Single(member => member.Name == field.WireName()).PropertyType
            )!
        ),
    ];

    private EntryPatch(EntryFieldSet fields, EntryFields values) => (Fields, Values) = (fields, values);

    public EntryFieldSet Fields { get; }

    /// <summary>The named fields' values; the others are those of a new entry.</summary>
    public EntryFields Values { get; }

    public static EntryPatch Of(EntryFieldSet fields, EntryFields values) => new(fields, _blank.With(fields, values));

    public static EntryPatch Whole(EntryFields values) => new(EntryFieldSet.All, values);

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> writes.</exception>
    public static EntryPatch FromJson(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var values = JsonSerializer.Deserialize(bytes, _json.EntryFields) ?? throw new JsonException();
        return Of(NamedIn(bytes), values);
    }

    public EntryFields ApplyTo(EntryFields fields) => fields.With(Fields, Values);

    public string ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new() { Encoder = _encoder }))
        {
            writer.WriteStartObject();
            foreach (var field in Fields)
            {
                writer.WritePropertyName(field.WireName());
                JsonSerializer.Serialize(writer, Values[field], _valueTypes[(int)field]);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static EntryFieldSet NamedIn(ReadOnlySpan<byte> json)
    {
        var named = EntryFieldSet.None;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (
                reader.TokenType == JsonTokenType.PropertyName
                && EntryFieldNames.Find(reader.GetString()!) is { } field
            )
            {
                named = named.With(field);
            }
        }

        return named;
    }
}

[JsonSerializable(typeof(EntryFields))]
internal sealed partial class StoredEntryJson : JsonSerializerContext;
