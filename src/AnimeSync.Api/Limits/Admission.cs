using AnimeSync.Api.Http;

namespace AnimeSync.Api.Limits;

/// <summary>
/// What a request is still to be counted for. Limits that are owed together are asked with one question, so a step that
/// is soon followed by another may leave its own to that one.
/// </summary>
internal sealed class Admission(RequestLimits limits, RefusalLog refusals)
{
    private readonly List<LimitRequest> _owed = new(3);

    public bool IsSettled => _owed.Count == 0;

    /// <summary>From here on the request is counted.</summary>
    public static Admission Begin(HttpContext context)
    {
        var services = context.RequestServices;
        var admission = new Admission(
            services.GetRequiredService<RequestLimits>(),
            services.GetRequiredService<RefusalLog>()
        );
        context.Features.Set(admission);
        return admission;
    }

    /// <summary>Null for a request that is not counted.</summary>
    public static Admission? Of(HttpContext context) => context.Features.Get<Admission>();

    /// <param name="permits">More than the limit's quota counts as the whole quota.</param>
    public void Owe(RequestLimit limit, string key, int permits = 1) =>
        _owed.Add(new(limit, key, Math.Clamp(permits, 1, limit.Quota)));

    /// <summary>Counts what is owed and shows it; when a limit has no permit left, answers and returns false.</summary>
    public async ValueTask<bool> TrySettleAsync(HttpContext context)
    {
        if (IsSettled)
        {
            return true;
        }

        // Whoever goes away meanwhile has asked all the same: given up, the question would be counted and still be owed.
        var verdicts = await limits.AcquireAsync(_owed, CancellationToken.None);
        _owed.Clear();
        var fields = RateLimitFields.Of(context);
        if (LongestRefusal(verdicts) is not { } refusal)
        {
            fields.Add(verdicts);
            return true;
        }

        refusals.Count(refusal.Limit.Name);
        fields.Refuse(refusal);
        await Problems.QuotaExceeded.WriteAsync(
            context,
            $"The limit \"{refusal.Limit.Name}\" allows {refusal.Limit.Quota} in {RequestLimit.WindowSeconds} seconds. "
                + $"Try again in {refusal.Seconds} seconds."
        );
        return false;
    }

    /// <summary>Where several refuse, the one after whose time none does any more.</summary>
    private static LimitVerdict? LongestRefusal(IReadOnlyList<LimitVerdict> verdicts)
    {
        LimitVerdict? longest = null;
        foreach (var verdict in verdicts)
        {
            if (!verdict.IsGranted && verdict.Seconds > (longest?.Seconds ?? 0))
            {
                longest = verdict;
            }
        }

        return longest;
    }
}

/// <param name="Permits">1 to the limit's quota.</param>
internal readonly record struct LimitRequest(RequestLimit Limit, string Key, int Permits);

/// <summary>For a route whose handler settles itself, because it owes more than being a request.</summary>
internal sealed record SettlesLimits;
