using System.Text.Json;

namespace AnimeSync.AniList.Lists;

/// <summary>
/// Reads what is asked of a title. A fact that makes no sense is as good as none: the entry is worth more than it.
/// </summary>
internal static class ListMediaReader
{
    private static readonly JsonElement _nothing = JsonElement.Parse("{}");

    /// <returns>Null for one without an id.</returns>
    public static ListMedia? TryRead(JsonElement media)
    {
        if (media.ValueKind != JsonValueKind.Object || Try(() => media.Count("id")) is not (> 0 and var id))
        {
            return null;
        }

        var title = Part(media, "title");
        var airing = Part(media, "nextAiringEpisode");
        return new(
            id,
            Try(() => media.Count("idMal")),
            TextOf(title, "romaji"),
            TextOf(title, "english"),
            TextOf(title, "native"),
            TextOf(media, "format"),
            TextOf(media, "status"),
            TextOf(media, "season"),
            Try(() => media.Count("seasonYear")),
            Try(() => media.Count("episodes")),
            Try(() => airing.Count("episode")) is { } episode && Try(() => airing.Time("airingAt")) is { } time
                ? new(episode, time)
                : null,
            HttpsOf(TextOf(Part(media, "coverImage"), "large")),
            Try(() => media.Flag("isAdult"))
        );
    }

    private static JsonElement Part(JsonElement media, string name) =>
        Try(() => media.Member(name)) is { ValueKind: JsonValueKind.Object } part ? part : _nothing;

    private static string? TextOf(JsonElement element, string name) => OrNull(() => element.Text(name));

    // What a client can show without a thought: no script, no data, no plain http.
    private static string? HttpsOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address.AbsoluteUri
            : null;

    private static T? Try<T>(Func<T?> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? OrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
