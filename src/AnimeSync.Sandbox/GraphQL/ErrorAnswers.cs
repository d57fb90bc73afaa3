using System.Buffers;
using System.Text.Json;
using GraphQLParser;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>AniList's error bodies: errors before data, each with message, status and locations, no path and no extensions.</summary>
internal static class ErrorAnswers
{
    // Byte for byte as the edge in front of AniList answers; its spaces are not ours.
    public static readonly Answer TooManyRequests = new(
        429,
        """{"data": null,"errors": [{"message": "Too Many Requests.","status": 429}]}"""
    )
    {
        RetryAfter = 60,
    };

    public static Answer WithoutData(int status, string message, params IEnumerable<Location> locations) =>
        Create(status, message, locations, null, null);

    /// <summary>The given root keys come back as null, as AniList nulls every sibling of a failed field.</summary>
    public static Answer WithNulls(
        int status,
        string message,
        IEnumerable<Location> locations,
        IEnumerable<string> rootKeys
    ) => Create(status, message, locations, rootKeys, null);

    public static Answer Create(
        int status,
        string message,
        IEnumerable<Location> locations,
        IEnumerable<string>? rootKeys,
        Dictionary<string, string[]>? validation
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var json = new Utf8JsonWriter(
                buffer,
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            json.WriteStartObject();
            json.WriteStartArray("errors");
            json.WriteStartObject();
            json.WriteString("message", message);
            json.WriteNumber("status", status);
            WriteLocations(json, locations);
            WriteValidation(json, validation);
            json.WriteEndObject();
            json.WriteEndArray();
            WriteData(json, rootKeys);
            json.WriteEndObject();
        }

        return new(status, buffer.WrittenMemory);
    }

    private static void WriteLocations(Utf8JsonWriter json, IEnumerable<Location> locations)
    {
        var open = false;
        foreach (var location in locations)
        {
            if (!open)
            {
                json.WriteStartArray("locations");
                open = true;
            }

            json.WriteStartObject();
            json.WriteNumber("line", location.Line);
            json.WriteNumber("column", location.Column);
            json.WriteEndObject();
        }

        if (open)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteValidation(Utf8JsonWriter json, Dictionary<string, string[]>? validation)
    {
        if (validation is null)
        {
            return;
        }

        json.WriteStartObject("validation");
        foreach (var (argument, messages) in validation)
        {
            json.WriteStartArray(argument);
            foreach (var message in messages)
            {
                json.WriteStringValue(message);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, IEnumerable<string>? rootKeys)
    {
        if (rootKeys is null)
        {
            json.WriteNull("data");
            return;
        }

        json.WriteStartObject("data");
        foreach (var key in rootKeys)
        {
            json.WriteNull(key);
        }

        json.WriteEndObject();
    }
}
