using System.Globalization;

namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>Whom to ask and how slowly; anything unknown stops it, before anybody is asked.</summary>
internal sealed record LiveCheckOptions
{
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
        var options = new LiveCheckOptions { Token = Environment.GetEnvironmentVariable("ANILIST_TOKEN") };
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--graphql" => options with { GraphQL = new Uri(value) },
                "--pause" => options with { Pause = Seconds(value) },
                "--timeout" => options with { Timeout = Seconds(value) },
                "--referer" => options with { Referer = value },
                "--users" => options with { Users = [.. value.Split(',').Select(Number)] },
                _ => throw new ArgumentException($"live-check has no option {args[i]}."),
            };
        }

        return options;
    }

    private static TimeSpan Seconds(string text) =>
        TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
