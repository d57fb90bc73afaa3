using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading.RateLimiting;

namespace RedisRateLimiting;

/// <summary>A verdict in the framework's clothes; both the framework's and the package's metadata names answer.</summary>
internal sealed class RedisRateLimitLease(Verdict verdict, int limit) : RateLimitLease
{
    private static readonly string[] _granted =
    [
        RateLimitMetadataName.Limit.Name,
        RateLimitMetadataName.Remaining.Name,
        RateLimitMetadataName.Reset.Name,
    ];

    private static readonly string[] _refused =
    [
        .. _granted,
        RateLimitMetadataName.RetryAfter.Name,
        MetadataName.RetryAfter.Name,
    ];

    public override bool IsAcquired => verdict.Allowed;

    public override IEnumerable<string> MetadataNames => verdict.Allowed ? _granted : _refused;

    internal Verdict Verdict => verdict;

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = metadataName switch
        {
            "RATELIMIT_LIMIT" => limit.ToString(CultureInfo.InvariantCulture),
            "RATELIMIT_REMAINING" => verdict.Remaining,
            "RATELIMIT_RESET" => (long)Verdict.WholeSeconds(verdict.Reset),
            "RATELIMIT_RETRYAFTER" when !verdict.Allowed => RetryAfterSeconds,
            // Whole seconds here too: much code truncates TotalSeconds and would send its client back too early.
            "RETRY_AFTER" when !verdict.Allowed => TimeSpan.FromSeconds(RetryAfterSeconds),
            _ => null,
        };
        return metadata is not null;
    }

    private int RetryAfterSeconds => Math.Max(1, Verdict.WholeSeconds(verdict.RetryAfter));
}
