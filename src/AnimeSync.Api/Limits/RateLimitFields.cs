using System.Globalization;
using System.Runtime.CompilerServices;

namespace AnimeSync.Api.Limits;

/// <summary>
/// The RateLimit and RateLimit-Policy fields of one answer (draft-ietf-httpapi-ratelimit-headers): one item for each
/// limit that was asked, or, on a refusal, only the one that refused, so that no `t` exceeds Retry-After.
/// </summary>
internal sealed class RateLimitFields
{
    private readonly List<LimitVerdict> _verdicts = new(3);

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

    public void Add(IEnumerable<LimitVerdict> verdicts) => _verdicts.AddRange(verdicts);

    public void Refuse(LimitVerdict verdict)
    {
        _verdicts.Clear();
        _verdicts.Add(verdict);
    }

    private void WriteTo(IHeaderDictionary headers)
    {
        var policies = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        var limits = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        var separator = string.Empty;
        foreach (var (limit, isGranted, remaining, seconds) in _verdicts)
        {
            policies.AppendLiteral(separator);
            policies.AppendLiteral(limit.Policy);
            limits.AppendLiteral(separator);
            limits.AppendLiteral(limit.Item);
            limits.AppendFormatted(remaining);
            limits.AppendLiteral(";t=");
            limits.AppendFormatted(seconds);
            separator = ", ";
            if (!isGranted)
            {
                headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }
        }

        headers["RateLimit-Policy"] = policies.ToStringAndClear();
        headers["RateLimit"] = limits.ToStringAndClear();
    }
}
