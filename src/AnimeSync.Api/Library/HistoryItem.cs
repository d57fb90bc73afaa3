using System.Text.Json.Serialization;
using AnimeSync.Api.Http;

namespace AnimeSync.Api.Library;

/// <summary>One change of an entry as it is remembered, named by its number.</summary>
internal sealed class HistoryItem
{
    public required Guid UserId { get; init; }
    public required long ChangeSeq { get; init; }
    public required int MediaId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ChangeOrigin Origin { get; init; }

    /// <summary>The change that this one undid.</summary>
    public long? Undoes { get; init; }

    /// <summary><see cref="EntryChange.Before"/> as <see cref="EntryPatch.ToJson"/>.</summary>
    public string? Before { get; init; }

    /// <summary><see cref="EntryChange.After"/> as <see cref="EntryPatch.ToJson"/>.</summary>
    public string? After { get; init; }

    public EntryChange Change => new(Read(Before), Read(After));

    private static EntryPatch? Read(string? json) => json is null ? null : EntryPatch.FromJson(json);
}

/// <summary>Who changed an entry.</summary>
[JsonConverter(typeof(NamedEnumConverter<ChangeOrigin>))]
public enum ChangeOrigin
{
    /// <summary>The person, through this service.</summary>
    [JsonStringEnumMemberName("edit")]
    Edit,

    /// <summary>The person, by undoing an earlier change.</summary>
    [JsonStringEnumMemberName("undo")]
    Undo,

    /// <summary>Seen on AniList.</summary>
    [JsonStringEnumMemberName("anilist")]
    AniList,
}
