using System.Net;
using AnimeSync.AniList.Operations;

namespace AnimeSync.AniList.Gateway;

/// <summary>How long a public answer is good for.</summary>
/// <param name="Fresh">As good as AniList's own.</param>
/// <param name="Stale">After that, given out at once while AniList is asked again.</param>
/// <param name="Kept">In all, for the time that AniList cannot be asked.</param>
internal readonly record struct AnswerLifetime(TimeSpan Fresh, TimeSpan Stale, TimeSpan Kept)
{
    private static readonly AnswerLifetime _notFound = new(TimeSpan.FromMinutes(1), default, TimeSpan.FromMinutes(1));

    private static readonly AnswerLifetime _finished = Of(hours: 48, stale: 48, kept: 24 * 14);
    private static readonly AnswerLifetime _running = Of(hours: 1.0 / 6, stale: 1, kept: 24 * 7);

    public static AnswerLifetime For(AnswerKind kind, HttpStatusCode status, ReadOnlySpan<byte> body) =>
        status == HttpStatusCode.NotFound
            ? _notFound
            : kind switch
            {
                AnswerKind.Constant => Of(hours: 24, stale: 24 * 7, kept: 24 * 30),
                AnswerKind.Title when IsRunning(body) => _running,
                AnswerKind.Title when IsFinished(body) => _finished,
                AnswerKind.Title => Of(hours: 1, stale: 6, kept: 24 * 7),
                AnswerKind.Person => Of(hours: 12, stale: 48, kept: 24 * 7),
                AnswerKind.Search => Of(hours: 1.0 / 6, stale: 0.5, kept: 24),
                AnswerKind.Profile => Of(hours: 1.0 / 12, stale: 1.0 / 6, kept: 24),
                AnswerKind.Community => Of(hours: 1.0 / 60, stale: 1.0 / 12, kept: 6),
                _ => Of(hours: 1.0 / 12, stale: 0.25, kept: 24),
            };

    // The answer says so itself whenever its status was asked for; text that merely looks like it costs a refresh.
    private static bool IsFinished(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"FINISHED\""u8) >= 0 || body.IndexOf("\"CANCELLED\""u8) >= 0;

    private static bool IsRunning(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"timeUntilAiring\""u8) >= 0
        || body.IndexOf("\"airingAt\""u8) >= 0
        || body.IndexOf("\"RELEASING\""u8) >= 0
        || body.IndexOf("\"NOT_YET_RELEASED\""u8) >= 0
        || body.IndexOf("\"HIATUS\""u8) >= 0;

    private static AnswerLifetime Of(double hours, double stale, double kept) =>
        new(TimeSpan.FromHours(hours), TimeSpan.FromHours(stale), TimeSpan.FromHours(kept));
}
