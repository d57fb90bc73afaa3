using System.Net;
using GraphQL.Client.Http;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// What follows from AniList's answer to a request: every ticket in it gets its part, its failure, or another turn.
/// </summary>
internal sealed class Conclusion(RequestQueue queue, RequestBudget budget, AniListBreaker breaker, TimeProvider clock)
{
    private static readonly TimeSpan _unavailable = TimeSpan.FromSeconds(30);

    // For another try after one that took up all of the patience.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    /// <param name="document">What was sent for all of them; null for a ticket that went alone.</param>
    public void Draw(Batch batch, FoldedDocument? document, GraphQLHttpAnswer answer)
    {
        if (document is null)
        {
            ConcludeAlone(batch.Tickets[0], answer);
            return;
        }

        using (answer)
        {
            ConcludeFolded(batch, document, answer);
        }
    }

    private void ConcludeFolded(Batch batch, FoldedDocument document, GraphQLHttpAnswer answer)
    {
        if (answer.Failure is null)
        {
            var answers = FoldedAnswer.Split(batch, answer.Body, out var absent);
            foreach (var (ticket, body) in answers)
            {
                ticket.Complete(GatewayAnswer.Live(body));
            }

            foreach (var ticket in absent.Where(ticket => ticket.IsAbsenceEnough))
            {
                ticket.Complete(GatewayAnswer.Absent());
            }

            // Of a title that a page leaves out, and of whatever else is missing, AniList is asked by itself.
            Again(
                batch.Tickets.Where(ticket =>
                    !answers.ContainsKey(ticket) && !(ticket.IsAbsenceEnough && absent.Contains(ticket))
                ),
                ticket => ticket.Isolate()
            );
        }
        else if (IsAboutParts(answer))
        {
            Separate(batch.Tickets, document, answer);
        }
        else
        {
            foreach (var ticket in batch.Tickets)
            {
                Fail(ticket, answer);
            }
        }
    }

    /// <summary>An error in one part takes all of them along: those it points to go alone, the others together again.</summary>
    private void Separate(IReadOnlyList<Ticket> tickets, FoldedDocument document, GraphQLHttpAnswer answer)
    {
        var guilty = FoldedAnswer.LinesOfErrors(answer.Body).SelectMany(document.At).ToHashSet();
        if (guilty.Count > 0 && guilty.Count < tickets.Count)
        {
            Again(tickets.Where(guilty.Contains), ticket => ticket.Isolate());
            Again(tickets.Where(ticket => !guilty.Contains(ticket)), _ => { });
            return;
        }

        // Nobody knows whose it was: by halves, each a circle of its own, until the one is alone.
        foreach (var half in tickets.Chunk((tickets.Count + 1) / 2))
        {
            var circle = new object();
            Again(
                half,
                ticket =>
                {
                    ticket.Circle = circle;
                    if (half.Length == 1)
                    {
                        ticket.Isolate();
                    }
                }
            );
        }
    }

    /// <summary>Whether AniList refused what was asked rather than who asked or when; too large an answer is one of these.</summary>
    private static bool IsAboutParts(GraphQLHttpAnswer answer) =>
        answer.Failure
            is AniListFailure.Unauthorized
                or AniListFailure.Validation
                or AniListFailure.Complexity
                or AniListFailure.PageDepth
                or AniListFailure.NotFound
                or AniListFailure.Private
                or AniListFailure.Rejected
        || MayBeTooMuch(answer);

    private static bool MayBeTooMuch(GraphQLHttpAnswer answer) =>
        answer is { Failure: AniListFailure.Broken, StatusCode: HttpStatusCode.OK };

    private void ConcludeAlone(Ticket ticket, GraphQLHttpAnswer answer)
    {
        if (answer.Body.IsEmpty || answer.Failure is AniListFailure.RateLimited or AniListFailure.Disabled)
        {
            using (answer)
            {
                Fail(ticket, answer);
            }
        }
        else
        {
            ticket.Complete(GatewayAnswer.Live(answer));
        }
    }

    private void Fail(Ticket ticket, GraphQLHttpAnswer answer)
    {
        var left = clock.GetElapsedTime(clock.GetTimestamp(), ticket.ExpiresAt);
        if (answer.Failure == AniListFailure.RateLimited)
        {
            // A request that was refused for its time did nothing, whatever it was.
            if (budget.State.FrozenFor < left)
            {
                // With the patience that is left: AniList may say so again and again.
                queue.Return([ticket]);
                return;
            }

            ticket.Complete(GatewayAnswer.Failed(AniListFailure.RateLimited, budget.State.NextPermitIn));
            return;
        }

        if (IsWorthRepeating(answer) && left > TimeSpan.Zero && !ticket.WasRepeated && ticket.IsRepeatable())
        {
            ticket.WasRepeated = true;
            Again([ticket], _ => { });
            return;
        }

        ticket.Complete(
            GatewayAnswer.Failed(answer.Failure!.Value, RetryAfter(answer.Failure.Value), MayBeTooMuch(answer))
        );
    }

    // A lost answer: nothing came, or less than announced.
    private static bool IsWorthRepeating(GraphQLHttpAnswer answer) =>
        answer.Failure == AniListFailure.Unreachable
        || (answer.Failure == AniListFailure.Broken && (int?)answer.StatusCode is null or >= 500);

    private void Again(IEnumerable<Ticket> tickets, Action<Ticket> change)
    {
        var returning = tickets.ToList();
        if (returning.Count == 0)
        {
            return;
        }

        foreach (var ticket in returning)
        {
            change(ticket);
            ticket.ExpiresAt = Math.Max(ticket.ExpiresAt, After(_grace));
        }

        queue.Return(returning);
    }

    /// <summary>Only where waiting is what helps.</summary>
    private TimeSpan? RetryAfter(AniListFailure failure) =>
        !breaker.IsPassable(out _, out var retryIn) ? retryIn
        : failure is AniListFailure.Disabled or AniListFailure.Unreachable or AniListFailure.Timeout ? _unavailable
        : null;

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
}
