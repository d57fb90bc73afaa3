namespace AnimeSync.Sandbox.Control;

/// <summary>
/// One fault to play. <c>Match</c>: * for every GraphQL request, an operation's name, a root field, or token for the
/// OAuth token endpoint. <c>Times</c>: how often, without it until it is deleted. <c>RetryAfter</c>: seconds, for rate-limited.
/// <c>Status</c>: another status than the kind's own.
/// </summary>
public sealed record FaultRule(string Match, string Kind, int? Times = null, int RetryAfter = 60, int? Status = null);

/// <summary>Holds the rules and hands each one out as often as it asked for.</summary>
internal sealed class FaultRules
{
    private readonly Lock gate = new();
    private readonly List<FaultRule> rules = [];
    private volatile bool any;

    public IReadOnlyList<FaultRule> All
    {
        get
        {
            lock (gate)
            {
                return [.. rules];
            }
        }
    }

    public void Add(FaultRule rule)
    {
        lock (gate)
        {
            rules.Add(rule);
            any = true;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
            any = false;
        }
    }

    /// <summary>The first rule that matches the token endpoint, counted down.</summary>
    public FaultRule? Take(string target) => any ? TakeFirst(rule => rule.Match == target) : null;

    /// <summary>The first rule that matches a GraphQL request, counted down. A request that has a Referer needs none.</summary>
    public FaultRule? Take(string? operation, IReadOnlyList<string> rootFields, bool hasReferer) =>
        any
            ? TakeFirst(rule =>
                (rule.Match == "*" || rule.Match == operation || rootFields.Contains(rule.Match))
                && !(rule.Kind == "needs-referer" && hasReferer)
            )
            : null;

    private FaultRule? TakeFirst(Predicate<FaultRule> matches)
    {
        lock (gate)
        {
            var index = rules.FindIndex(matches);
            if (index < 0)
            {
                return null;
            }

            var rule = rules[index];
            if (rule.Times is 1)
            {
                rules.RemoveAt(index);
                any = rules.Count > 0;
            }
            else if (rule.Times is { } times)
            {
                rules[index] = rule with { Times = times - 1 };
            }

            return rule;
        }
    }
}
