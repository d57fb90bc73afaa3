using System.Globalization;
using System.Text;

namespace AnimeSync.Api.Limits;

/// <summary>
/// The RateLimit and RateLimit-Policy fields of one answer (draft-ietf-httpapi-ratelimit-headers): one item for each
/// limit that was asked, or, on a refusal, only the one that refused, so that no `t` exceeds Retry-After.
/// </summary>
internal sealed class RateLimitFields
{
    private readonly List<LimitVerdict> _verdicts = new(2);

    public static RateLimitFields Of(HttpContext context)
    {
        if (context.Features.Get<RateLimitFields>() is { } known)
        {
            return known;
        }

        var fields = new RateLimitFields();
        context.Features.Set(fields);
        // Written last: an exception on the way clears what was set before.
        context.Response.OnStarting(
            static state =>
            {
                var (fields, context) = ((RateLimitFields, HttpContext))state;
                fields.WriteTo(context.Response.Headers);
                return Task.CompletedTask;
            },
            (fields, context)
        );
        return fields;
    }

    public void Add(LimitVerdict verdict) => _verdicts.Add(verdict);

    public void Refuse(LimitVerdict verdict)
    {
        _verdicts.Clear();
        _verdicts.Add(verdict);
    }

    private void WriteTo(IHeaderDictionary headers)
    {
        headers["RateLimit-Policy"] = string.Join(", ", _verdicts.Select(verdict => verdict.Limit.Policy));
        var limits = new StringBuilder();
        foreach (var (limit, isGranted, remaining, seconds) in _verdicts)
        {
            limits.Append(limits.Length > 0 ? ", " : string.Empty);
            limits.Append(CultureInfo.InvariantCulture, $"\"{limit.Name}\";r={remaining};t={seconds}");
            if (!isGranted)
            {
                headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }
        }

        headers["RateLimit"] = limits.ToString();
    }
}
