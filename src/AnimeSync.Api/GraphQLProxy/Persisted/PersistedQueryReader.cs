using System.Text.Json;

namespace AnimeSync.Api.GraphQLProxy.Persisted;

/// <summary>Finds `persistedQuery` among a body's `extensions`; every other extension is none of our business.</summary>
internal static class PersistedQueryReader
{
    private static readonly GraphQLRefusal _refusal = GraphQLRefusal.Malformed(
        "persistedQuery needs version 1 and sha256Hash, 64 lower-case hexadecimal digits, and nothing else."
    );

    /// <param name="reader">Stands on the object's start, and on its end afterwards, unless it is refused.</param>
    public static GraphQLRefusal? TryRead(ref Utf8JsonReader reader, out string? hash)
    {
        hash = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOurs = reader.ValueTextEquals("persistedQuery"u8);
            reader.Read();
            if (!isOurs)
            {
                reader.Skip();
            }
            else if (hash is not null || !TryReadHash(ref reader, out hash))
            {
                return _refusal;
            }
        }

        return null;
    }

    private static bool TryReadHash(ref Utf8JsonReader reader, out string? hash)
    {
        hash = null;
        var hasVersion = false;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("version"u8);
            var isHash = reader.ValueTextEquals("sha256Hash"u8);
            reader.Read();
            if (isVersion && !hasVersion && IsOne(ref reader))
            {
                hasVersion = true;
            }
            else if (isHash && hash is null && reader.TokenType == JsonTokenType.String)
            {
                hash = reader.GetString()!;
            }
            else
            {
                return false;
            }
        }

        return hasVersion && hash is not null && PersistedOperation.IsHash(hash);
    }

    private static bool IsOne(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == 1;
}
