namespace AnimeSync.Sandbox.Control;

/// <summary>Holds the rules and hands each one out as often as it asked for, until its time is over.</summary>
internal sealed class FaultRules(TimeProvider clock)
{
    private const string TokenEndpoint = "token";

    private readonly Lock gate = new();
    private readonly List<FaultRule> rules = [];
    private volatile bool any;

    public IReadOnlyList<FaultRule> All
    {
        get
        {
            lock (gate)
            {
                var now = clock.GetUtcNow();
                return [.. rules.Where(rule => IsInForce(rule, now))];
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

    /// <summary>The first rule that matches the token endpoint, counted down; the user is the code's.</summary>
    public FaultRule? Take(string? user) =>
        any ? TakeFirst(rule => rule.Match == TokenEndpoint && rule.IsFor(user)) : null;

    /// <summary>The first rule that matches a GraphQL request, counted down. A request that has a Referer needs none.</summary>
    public FaultRule? Take(string? operation, IReadOnlyList<string> rootFields, string? user, bool hasReferer) =>
        any
            ? TakeFirst(rule =>
                rule.AppliesTo(operation, rootFields, user) && !(rule.Kind == "needs-referer" && hasReferer)
            )
            : null;

    private FaultRule? TakeFirst(Predicate<FaultRule> matches)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var index = rules.FindIndex(rule => IsInForce(rule, now) && matches(rule));
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

    // A rule whose time is over is kept: the clock can be put back.
    private static bool IsInForce(FaultRule rule, DateTimeOffset now) => rule.Until is not { } until || now < until;
}
