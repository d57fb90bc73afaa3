using GraphQL.Client.Http;

namespace AnimeSync.AniList.Gateway;

/// <summary>Sends what has its permit, and tells budget and breaker what came of it.</summary>
internal sealed class Upstream(
    GraphQLHttpClient client,
    RequestBudget budget,
    AniListBreaker breaker,
    GatewayMetrics metrics,
    TimeProvider clock
)
{
    public async Task<GraphQLHttpAnswer> SendAsync(
        DirectRequestBody body,
        string? token,
        Lane lane,
        IReadOnlyList<Ticket> tickets
    )
    {
        var sentAt = clock.GetTimestamp();
        using var activity = GatewayTracing.StartRequest(
            tickets.Select(ticket => ticket.Context),
            LaneName.Of(lane),
            tickets.Count
        );
        GraphQLHttpAnswer? answer = null;
        try
        {
            answer = await client.ForwardAsync(body.Json, token, body.Within, CancellationToken.None);
            return answer;
        }
        finally
        {
            // Whoever was let through reports, or a probe would seem to go on.
            breaker.Report(answer is null ? AniListFailure.Timeout : answer.Failure);
            var outcome = GatewayMetrics.OutcomeOf(answer is null ? AniListFailure.Timeout : answer.Failure);
            activity.Ended(outcome);
            metrics.Sent(LaneName.Of(lane), outcome, tickets.Count, clock.GetElapsedTime(sentAt));
            if (answer is not null)
            {
                await budget.ReportAsync(answer.RateLimit, answer.Failure == AniListFailure.RateLimited);
            }
        }
    }
}

internal static class LaneName
{
    public static string Of(Lane lane) =>
        lane switch
        {
            Lane.Writes => "writes",
            Lane.Reads => "reads",
            _ => "background",
        };
}
