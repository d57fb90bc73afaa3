using System.Text.Json;
using System.Text.Unicode;
using AnimeSync.Api.GraphQLProxy.Persisted;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>
/// Reads a body so strictly that AniList's JSON parser cannot see something else in the same bytes: no duplicates, no
/// unknown members, no text that is not text.
/// </summary>
internal ref struct SentOperationReader(ReadOnlySpan<byte> body)
{
    private static readonly JsonReaderOptions _reading = new() { MaxDepth = GraphQLLimits.JsonDepth };

    private static readonly JsonDocumentOptions _strict = new()
    {
        MaxDepth = GraphQLLimits.JsonDepth,
        AllowDuplicateProperties = false,
    };

    private readonly ReadOnlySpan<byte> _body = body;
    private Utf8JsonReader _reader = new(body, _reading);
    private string? _query;
    private string? _operationName;
    private JsonElement? _variables;
    private bool _hasExtensions;
    private string? _persistedHash;

    public static GraphQLRefusal? TryRead(ReadOnlySpan<byte> body, out SentOperation operation)
    {
        operation = default;
        if (!Utf8.IsValid(body))
        {
            return GraphQLRefusal.Malformed("The body is not UTF-8.");
        }

        try
        {
            var reader = new SentOperationReader(body);
            var refusal = reader.Read();
            operation = new(
                reader._query ?? string.Empty,
                reader._operationName,
                reader._variables,
                reader._hasExtensions,
                reader._persistedHash
            );
            return refusal;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is half a surrogate pair.
            return GraphQLRefusal.Malformed("The body is not acceptable JSON.");
        }
    }

    private GraphQLRefusal? Read()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            return GraphQLRefusal.Rejected("Batches are not supported: send one operation.");
        }

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return GraphQLRefusal.Malformed("The body must be a JSON object.");
        }

        var seen = new HashSet<string>(4, StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            if (!seen.Add(name))
            {
                return GraphQLRefusal.Malformed("A member stands there twice.");
            }

            if (ReadMember(name) is { } refusal)
            {
                return refusal;
            }
        }

        // Reading past the end makes the reader complain about anything that follows the object.
        _reader.Read();
        return null;
    }

    private GraphQLRefusal? ReadMember(string name)
    {
        _reader.Read();
        var isNull = _reader.TokenType == JsonTokenType.Null;
        switch (name)
        {
            case "query" when _reader.TokenType == JsonTokenType.String:
                _query = _reader.GetString()!;
                return RefuseControls(_query);
            case "operationName" when isNull || _reader.TokenType == JsonTokenType.String:
                _operationName = _reader.GetString();
                return null;
            case "variables" when isNull || _reader.TokenType == JsonTokenType.StartObject:
                return isNull ? null : ReadVariables();
            case "extensions" when isNull || _reader.TokenType == JsonTokenType.StartObject:
                _hasExtensions = !isNull;
                return isNull ? null : PersistedQueryReader.TryRead(ref _reader, out _persistedHash);
            case "query" or "operationName" or "variables" or "extensions":
                return GraphQLRefusal.Malformed("A member is of the wrong type.");
            default:
                return GraphQLRefusal.Malformed("Only query, variables, operationName and extensions are known.");
        }
    }

    private GraphQLRefusal? ReadVariables()
    {
        var start = (int)_reader.TokenStartIndex;
        var end = _reader.CurrentDepth;
        do
        {
            _reader.Read();
            var isText = _reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
            // Unescaped text cannot hold what is looked for: JSON forbids raw control characters, UTF-8 lone surrogates.
            if (isText && _reader.ValueIsEscaped && _reader.GetString()!.Contains('\0'))
            {
                return GraphQLRefusal.Malformed("U+0000 is not text.");
            }
        } while (_reader.CurrentDepth > end);

        var bytes = _body[start..(int)_reader.BytesConsumed].ToArray();
        _variables = JsonDocument.Parse(bytes, _strict).RootElement;
        return null;
    }

    // GraphQL allows tab and line ends only; parsers differ in what they make of the rest.
    private static GraphQLRefusal? RefuseControls(string query) =>
        query.AsSpan().ContainsAnyExceptInRange(' ', char.MaxValue)
        && query.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r'))
            ? GraphQLRefusal.Malformed("The query contains control characters.")
            : null;
}
