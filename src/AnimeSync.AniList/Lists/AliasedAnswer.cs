using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// The answer to an <see cref="AliasedDocument"/>, part by part. An error in one takes the others' data along, or does
/// not: AniList does both.
/// </summary>
internal sealed class AliasedAnswer : IDisposable
{
    private readonly JsonDocument _document;
    private readonly JsonElement? _data;

    private AliasedAnswer(JsonDocument document, JsonElement? data, IReadOnlyList<AnswerError> errors) =>
        (_document, _data, Errors) = (document, data, errors);

    public IReadOnlyList<AnswerError> Errors { get; }

    /// <summary>
    /// Whether AniList refused something that was asked. Otherwise it stumbled, or refused who asks, and nothing is known
    /// of what has no data.
    /// </summary>
    public bool IsRefusal =>
        Errors.Count > 0
        // Without any data it is the document that AniList rejects, and not a part of it.
        && (_data is not null || Errors[0].Failure != AniListFailure.Rejected)
        && Errors.All(error =>
            error
                is {
                    Status: null or < 500,
                    Failure: AniListFailure.Validation
                        or AniListFailure.NotFound
                        or AniListFailure.Private
                        or AniListFailure.Rejected
                }
        );

    /// <returns>Null when it is no answer.</returns>
    public static AliasedAnswer? Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(body);
            var errors = document.RootElement.Member("errors") is { ValueKind: JsonValueKind.Array } all
                ? all.EnumerateArray().Select(AnswerError.Read).ToList()
                : [];
            var answer = new AliasedAnswer(document, document.RootElement.Member("data"), errors);
            document = null;
            return answer;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            document?.Dispose();
        }
    }

    /// <returns>Null where there are none.</returns>
    public JsonElement? DataOf(int index) =>
        _data is { ValueKind: JsonValueKind.Object } data ? data.Member(AliasedDocument.AliasOf(index)) : null;

    /// <summary>Of a refusal: who is to blame for it, and who is to be asked about again, in groups.</summary>
    /// <param name="without">Those that have no data.</param>
    public (IReadOnlyList<(int Index, AnswerError Error)> Blamed, IEnumerable<int[]> Again) Judge(
        IReadOnlyList<int> without
    )
    {
        var blamed = (
            from index in without
            let error = Errors.FirstOrDefault(error => error.Line is { } line && AliasedDocument.IndexAt(line) == index)
            where error is not null
            select (index, error)
        ).ToList();
        if (blamed.Count > 0)
        {
            int[] innocent = [.. without.Except(blamed.Select(one => one.index))];
            return (blamed, innocent.Length > 0 ? [innocent] : []);
        }

        // Nobody knows whose it was: by halves, until the one is alone.
        return without.Count == 1 ? ([(without[0], Errors[0])], []) : ([], without.Chunk((without.Count + 1) / 2));
    }

    public void Dispose() => _document.Dispose();
}

/// <param name="Line">Where in the document, from 1; null when it points nowhere.</param>
/// <param name="Status">The HTTP status that belongs to it.</param>
internal sealed record AnswerError(
    int? Line,
    int? Status,
    AniListFailure Failure,
    IReadOnlyList<RefusedArgument> Arguments
)
{
    public static AnswerError Read(JsonElement error)
    {
        var arguments = Arguments(error);
        var failure = AniListErrors.Meaning(error.Text("message") ?? string.Empty);
        // To say that an id is wrong is AniList's way to say that there is no such entry.
        var isAbsence = failure == AniListFailure.Validation && arguments is [{ Name: "id" }];
        var line = error.Member("locations") is { ValueKind: JsonValueKind.Array } locations
            ? locations.EnumerateArray().Select(location => location.Count("line")).FirstOrDefault()
            : null;
        return new(line, error.Count("status"), isAbsence ? AniListFailure.NotFound : failure, arguments);

        static List<RefusedArgument> Arguments(JsonElement error) =>
            error.Member("validation") is { ValueKind: JsonValueKind.Object } validation
                ?
                [
                    .. validation
                        .EnumerateObject()
                        .Select(argument => new RefusedArgument(argument.Name, MessagesIn(argument.Value))),
                ]
                : [];
    }

    private static List<string> MessagesIn(JsonElement messages) =>
        messages.ValueKind == JsonValueKind.Array
            ?
            [
                .. messages
                    .EnumerateArray()
                    .Where(message => message.ValueKind == JsonValueKind.String)
                    .Select(message => RemoteJson.WithoutNul(message.GetString()!)),
            ]
            : [];
}
