using System.Diagnostics;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// Spans of the gateway, which cost nothing while nobody listens. They hold sources, lanes, counts and outcomes; never a
/// query, a variable, a token or a user, because traces are kept elsewhere and for longer.
/// </summary>
internal static class GatewayTracing
{
    public const string Source = "AnimeSync.AniList";

    private static readonly ActivitySource _source = new(Source);

    /// <summary>One caller's question, whatever will answer it.</summary>
    public static Activity? StartQuestion() => _source.StartActivity("anilist question");

    /// <param name="source">live, cache, stale or refused.</param>
    public static void Answered(this Activity? question, string source) =>
        question?.SetTag("animesync.anilist.source", source);

    /// <summary>
    /// One request to AniList: the child of the only question that waits for it, or, when it answers several, a trace of
    /// its own that links to each.
    /// </summary>
    public static Activity? StartRequest(IEnumerable<ActivityContext> waiters, string lane, int operations)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var questions = waiters.Where(waiter => waiter != default).Distinct().ToList();
        if (questions.Count != 1)
        {
            // Without a parent of its own a span takes the current one, which here is whoever happened to come first.
            Activity.Current = null;
        }

        return _source.StartActivity(
            "anilist graphql",
            ActivityKind.Client,
            questions.Count == 1 ? questions[0] : default,
            [new("animesync.anilist.lane", lane), new("animesync.anilist.operations", operations)],
            questions.Select(question => new ActivityLink(question))
        );
    }

    /// <param name="outcome">As <see cref="GatewayMetrics.OutcomeOf"/> says.</param>
    public static void Ended(this Activity? request, string outcome)
    {
        request?.SetTag("animesync.anilist.outcome", outcome);
        request?.SetStatus(outcome == "ok" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }
}
