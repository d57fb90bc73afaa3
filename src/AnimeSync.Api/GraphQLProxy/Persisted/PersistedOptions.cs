using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.GraphQLProxy.Persisted;

/// <summary>The list of persisted operations, read and judged once, before the service starts.</summary>
/// <param name="IsStrict">Clients may send listed operations only.</param>
internal sealed record PersistedOptions(FrozenDictionary<string, PersistedOperation> Operations, bool IsStrict)
{
    private const string Source = "GRAPHQL_PERSISTED_OPERATIONS";
    private const string Strict = "GRAPHQL_PERSISTED_ONLY";

    private static readonly UTF8Encoding _utf8 = new(false, throwOnInvalidBytes: true);

    public static PersistedOptions Read(Settings settings)
    {
        var operations = new Dictionary<string, PersistedOperation>(StringComparer.Ordinal);
        var path = settings.Optional(Source);
        if (path is not null)
        {
            Read(settings, path, operations);
        }

        var isStrict = settings.Flag(Strict);
        if (isStrict && path is null)
        {
            settings.Refuse(Strict, $"needs {Source}: without a list nothing could be sent");
        }

        return new(operations.ToFrozenDictionary(StringComparer.Ordinal), isStrict);
    }

    private static void Read(Settings settings, string path, Dictionary<string, PersistedOperation> operations)
    {
        try
        {
            var documents = Directory.Exists(path) ? ReadFolder(path) : PersistedManifest.Read(File.ReadAllBytes(path));
            foreach (var document in documents)
            {
                if (TryAdd(document, settings.IsDevelopment, operations) is { } why)
                {
                    settings.Refuse(Source, $"holds a document that cannot be listed, {document.Where}: {why}");
                }
            }

            if (documents.Count == 0)
            {
                settings.Refuse(Source, "holds no documents");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            settings.Refuse(Source, "must be a folder of *.graphql files, or a manifest, that can be read");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text in it is half a surrogate pair.
            settings.Refuse(Source, "is a file that is not an acceptable manifest");
        }
    }

    // The bytes as they are, a line end at the end included: the hash is what sha256sum says.
    private static List<PersistedDocument> ReadFolder(string path) =>
        [
            .. Directory
                .EnumerateFiles(path, "*.graphql")
                .Order(StringComparer.Ordinal)
                .Select(file => new PersistedDocument(Path.GetFileName(file), File.ReadAllBytes(file), Hash: null)),
        ];

    private static string? TryAdd(
        PersistedDocument document,
        bool allowIntrospection,
        Dictionary<string, PersistedOperation> operations
    )
    {
        if (document.Text.Length > GraphQLLimits.BodyBytes)
        {
            return "It is larger than 64 KB.";
        }

        string query;
        try
        {
            query = _utf8.GetString(document.Text);
        }
        catch (DecoderFallbackException)
        {
            return "It is not UTF-8.";
        }

        var hash = PersistedOperation.HashOf(query);
        if (document.Hash is { } claimed && claimed != hash)
        {
            return $"The SHA-256 of its text is {hash}.";
        }

        var why = PersistedOperation.TryCreate(query, allowIntrospection, out var operation);
        operations[hash] = operation;
        return why;
    }
}
