using System.Text.Json;
using System.Text.Unicode;

namespace AnimeSync.AniList;

/// <summary>Reads just enough of an answer to know whether it is one, and what its first error means.</summary>
internal static class AniListErrors
{
    // Whole messages or their fixed beginnings. Never "contains": AniList quotes the caller's query in some messages,
    // and a caller must not be able to declare a token dead or AniList away.
    private static readonly (string Beginning, AniListFailure Failure)[] _messages =
    [
        ("Invalid token", AniListFailure.InvalidToken),
        ("Unauthorized", AniListFailure.Unauthorized),
        ("validation", AniListFailure.Validation),
        ("Max query complexity should be", AniListFailure.Complexity),
        ("Page depth exceeds", AniListFailure.PageDepth),
        ("Not Found", AniListFailure.NotFound),
        ("Private User", AniListFailure.Private),
        ("Too Many Requests", AniListFailure.RateLimited),
        ("The AniList API has been temporarily disabled", AniListFailure.Disabled),
    ];

    private static readonly JsonReaderOptions _strict = new() { MaxDepth = 64 };

    /// <returns>Null for an answer without errors.</returns>
    public static AniListFailure? Classify(ReadOnlySpan<byte> body, bool isSuccess)
    {
        if (!Utf8.IsValid(body))
        {
            return AniListFailure.Broken;
        }

        try
        {
            return ReadEnvelope(new Utf8JsonReader(body, _strict), isSuccess);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is valid JSON but not text, such as half a surrogate pair.
            return AniListFailure.Broken;
        }
    }

    private static AniListFailure? ReadEnvelope(Utf8JsonReader reader, bool isSuccess)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return AniListFailure.Broken;
        }

        var hasData = false;
        AniListFailure? failure = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("errors"u8))
            {
                failure = ReadErrors(ref reader) ?? failure;
            }
            else
            {
                hasData |= reader.ValueTextEquals("data"u8);
                reader.Skip();
            }
        }

        // Reading past the end makes the reader complain about anything that follows the object.
        reader.Read();
        return failure ?? (hasData && isSuccess ? null : AniListFailure.Broken);
    }

    private static AniListFailure? ReadErrors(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return AniListFailure.Broken;
        }

        AniListFailure? first = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var failure = ReadError(ref reader);
            first ??= failure;
        }

        return first;
    }

    private static AniListFailure ReadError(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return AniListFailure.Broken;
        }

        var failure = AniListFailure.Rejected;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMessage = reader.ValueTextEquals("message"u8);
            reader.Read();
            if (isMessage && reader.TokenType == JsonTokenType.String)
            {
                failure = Meaning(reader.GetString()!);
            }
            else
            {
                reader.Skip();
            }
        }

        return failure;
    }

    public static AniListFailure Meaning(string message)
    {
        foreach (var (beginning, failure) in _messages)
        {
            if (message.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return failure;
            }
        }

        return AniListFailure.Rejected;
    }
}
