using System.Text.Json.Serialization;

namespace AnimeSync.Sandbox.Control;

/// <summary>
/// One fault to play. <c>Match</c>: * for every GraphQL request, an operation's name, a root field, or token for the
/// OAuth token endpoint. <c>Times</c>: how often, without it until it is deleted. <c>RetryAfter</c>: seconds, for rate-limited.
/// <c>Status</c>: another status than the kind's own. <c>User</c>: only for requests with this user's token or code.
/// <c>Until</c>: by the sandbox's clock. <c>Skew</c>: seconds that the Date header is ahead, for clock-skew.
/// </summary>
public sealed record FaultRule(
    string Match,
    string Kind,
    int? Times = null,
    int RetryAfter = 60,
    int? Status = null,
    string? User = null,
    [property: JsonConverter(typeof(InstantConverter))] DateTimeOffset? Until = null,
    int? Skew = null
)
{
    /// <summary>What makes no sense about the rule: it shall show at once, not as a fault that never comes.</summary>
    [JsonIgnore]
    public string? Mistake =>
        string.IsNullOrWhiteSpace(Match) ? "A rule matches something."
        : !FaultAnswers.Kinds.Contains(Kind) ? $"There is no fault {Kind}."
        : Times is < 1 ? "A fault is played at least once."
        : RetryAfter < 0 ? "Nobody can retry in the past."
        // The last three have no body, which every fault has.
        : Status is < 200 or > 599 or 204 or 205 or 304 ? $"{Status} is no status of an answer with a body."
        : Skew is not null && Kind != "clock-skew" ? "Only clock-skew has a skew."
        : null;

    public bool AppliesTo(string? operation, IReadOnlyList<string> rootFields, string? user) =>
        (Match == "*" || Match == operation || rootFields.Contains(Match)) && IsFor(user);

    public bool IsFor(string? user) => User is null || string.Equals(User, user, StringComparison.OrdinalIgnoreCase);
}
