using System.Runtime.ExceptionServices;

namespace AnimeSync.AniList.Gateway;

/// <summary>Gives requests of the service's own their turn, and lets each be written when that has come.</summary>
internal sealed class DirectRequests(Dispatcher dispatcher, GatewayMetrics metrics, TimeProvider clock)
{
    /// <returns>Null when there was nothing left to send.</returns>
    public async Task<GatewayAnswer?> SendAsync(DirectRequest request, CancellationToken cancellationToken)
    {
        string? token = null;
        if (request.OpenToken is { } open && (token = await open(cancellationToken)) is null)
        {
            return GatewayAnswer.Failed(AniListFailure.InvalidToken);
        }

        ExceptionDispatchInfo? thrown = null;
        var ticket = new Ticket(request.Lane, request.Asker, default, token, fold: null, clock.GetTimestamp())
        {
            IsMutation = request.IsChange,
            WriteBody = WriteAsync,
        };
        using var activity = GatewayTracing.StartQuestion();
        var answer = await dispatcher.SendAsync(ticket, cancellationToken);
        thrown?.Throw();
        var source = answer.StatusCode is null ? "refused" : "live";
        activity.Answered(source);
        metrics.Answered(source);
        return answer.IsWithdrawn ? null : answer;

        async ValueTask<DirectRequestBody?> WriteAsync()
        {
            try
            {
                return await request.Write(cancellationToken) is { } body && !(body.Within <= TimeSpan.Zero)
                    ? body
                    : null;
            }
            catch (Exception exception)
            {
                // The queue goes on without it.
                thrown = ExceptionDispatchInfo.Capture(exception);
                return null;
            }
        }
    }
}
