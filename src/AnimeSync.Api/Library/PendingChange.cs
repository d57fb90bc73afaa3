using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Api.Library;

/// <summary>The outbox: an entry whose edits AniList has not got yet. What to send is told by the entry and its base.</summary>
internal sealed class PendingChange
{
    public required Guid UserId { get; init; }
    public required int MediaId { get; init; }

    /// <summary>When the oldest unsent edit came.</summary>
    public required DateTimeOffset FirstEditAt { get; init; }

    /// <summary>When it is to be sent: a moment after the last edit, and not long after the first.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When the last unsent edit of each field came, as a JSON object; a deletion has none.</summary>
    public required string ReceivedAt { get; set; }

    /// <summary>AniList's reason for refusing it; such a change waits for the person and is not sent again.</summary>
    public string? Refusal { get; set; }

    public IReadOnlyDictionary<EntryField, DateTimeOffset> ReceivedAtByField() =>
        JsonSerializer
            .Deserialize(ReceivedAt, PendingChangeJson.Default.DictionaryStringDateTimeOffset)!
            .Select(pair => (Field: EntryFieldNames.Find(pair.Key), At: pair.Value))
            .Where(pair => pair.Field is not null)
            .ToImmutableDictionary(pair => pair.Field!.Value, pair => pair.At);

    public static string Write(IEnumerable<KeyValuePair<EntryField, DateTimeOffset>> receivedAt) =>
        JsonSerializer.Serialize(
            receivedAt.ToDictionary(pair => pair.Key.WireName(), pair => pair.Value),
            PendingChangeJson.Default.DictionaryStringDateTimeOffset
        );
}

[JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
internal sealed partial class PendingChangeJson : JsonSerializerContext;
