using System.Globalization;

namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>Whom to ask and how slowly; anything unknown stops it, before anybody is asked.</summary>
internal sealed record LiveCheckOptions
{
    public const string Help = """
        live-check asks AniList whether it still is what the sandbox takes it for.

          --graphql URL      another server, such as a sandbox; default https://graphql.anilist.co
          --pause SECONDS    between requests, default 3
          --timeout SECONDS  for each answer, default 30
          --referer URL      your own address, default http://localhost:8000/
          --users ID,ID      whose public lists are read together, default 1,2

        ANILIST_TOKEN in the environment: a token to check, too.
        """;

    private const string Name = "live-check";
    private const int LongestWait = 3600;

    private static readonly Dictionary<string, string> Takes = new(StringComparer.Ordinal)
    {
        ["--graphql"] = "an http or https address",
        ["--pause"] = $"seconds from 0 to {LongestWait}",
        ["--timeout"] = $"seconds above 0, up to {LongestWait}",
        ["--referer"] = "an http or https address",
        ["--users"] = "ids with commas between them, such as 1,2",
    };

    public Uri GraphQL { get; init; } = new("https://graphql.anilist.co");

    /// <summary>Three seconds between requests stay below twenty a minute, whatever else uses this address.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public string? Token { get; init; }

    public string Referer { get; init; } = "http://localhost:8000/";

    /// <summary>Whose public lists are read together; AniList's first two accounts by default.</summary>
    public IReadOnlyList<int> Users { get; init; } = [1, 2];

    public static LiveCheckOptions Parse(string[] args)
    {
        var options = new LiveCheckOptions { Token = ReadToken() };
        foreach (var (name, value) in OptionReader.Pairs(args, Name, Takes))
        {
            options =
                options.With(name, value) ?? throw new OptionException($"{name} takes {Takes[name]}, not '{value}'.");
        }

        return options;
    }

    private LiveCheckOptions? With(string name, string value) =>
        name switch
        {
            "--graphql" when OptionReader.Web(value) is { } address => this with { GraphQL = address },
            "--pause" when Seconds(value) is { } pause => this with { Pause = pause },
            "--timeout" when Seconds(value) is { } timeout && timeout > TimeSpan.Zero => this with
            {
                Timeout = timeout,
            },
            "--referer" when OptionReader.Web(value) is not null => this with { Referer = value },
            "--users" when Ids(value) is { } users => this with { Users = users },
            _ => null,
        };

    // A token from a file often ends with a line break, which no header can carry.
    private static string? ReadToken() =>
        Environment.GetEnvironmentVariable("ANILIST_TOKEN")?.Trim() is { Length: > 0 } token ? token : null;

    private static TimeSpan? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and <= LongestWait
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static List<int>? Ids(string text)
    {
        var ids = text.Split(',').Select(id => OptionReader.Whole(id, 1, int.MaxValue)).ToList();
        return ids.Contains(null) ? null : [.. ids.OfType<int>()];
    }
}
