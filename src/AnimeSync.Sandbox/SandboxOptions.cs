using System.Net;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.OAuth;

namespace AnimeSync.Sandbox;

/// <summary>What the command line asked for; anything unknown stops the start, so that a typing error shows.</summary>
internal sealed record SandboxOptions(
    int Port,
    string Address,
    string? CatalogueFolder,
    string? PublicUrl,
    bool LimitsEnabled,
    string? SigningKey,
    int? Titles = null,
    int PerMinute = SandboxOptions.AniListsPerMinute
)
{
    public const string Help = """
        An emulator of AniList.

          --port N                  port, default 9100; 0 takes any free one
          --listen ADDRESS          IP address, default 127.0.0.1
          --url URL                 what the sandbox calls itself in links
          --catalogue DIR           a folder of recorded AniList answers (*.json)
          --titles N                how many titles there are, default 12000, at most 20000; 0: the real ones only
          --limits on|off           AniList's limits from the start, default off
          --per-minute N            requests a minute that these allow and every answer tells, default 30
          --client ID=REDIRECT_URI  registers an OAuth client; may be repeated
          --signing-key TEXT        access tokens outlive a restart

        live-check compares AniList with it; live-check --help shows its options.
        """;

    public const int AniListsPerMinute = 30;

    private const int DefaultPort = 9100;

    private static readonly Dictionary<string, string> Takes = new(StringComparer.Ordinal)
    {
        ["--port"] = $"a whole number from 0 to {IPEndPoint.MaxPort}",
        ["--listen"] = "an IP address such as 127.0.0.1 or 0.0.0.0",
        ["--catalogue"] = "a folder that exists",
        ["--url"] = "an http or https address",
        ["--limits"] = "on or off",
        ["--per-minute"] = "a whole number from 1 to 1000000000",
        ["--client"] = "ID=REDIRECT_URI, the latter an absolute address",
        ["--titles"] = $"a whole number from 0 to {SyntheticTitles.Most}",
        ["--signing-key"] = "a text that is not empty",
    };

    /// <summary>OAuth clients with the addresses they may use, from <c>--client ID=REDIRECT_URI</c>.</summary>
    public IReadOnlyList<(string Id, string RedirectUri)> Clients { get; init; } = [];

    public static SandboxOptions Parse(string[] args)
    {
        var options = new SandboxOptions(DefaultPort, "127.0.0.1", null, null, false, null);
        foreach (var (name, value) in OptionReader.Pairs(args, "The sandbox", Takes))
        {
            options =
                options.With(name, value) ?? throw new OptionException($"{name} takes {Takes[name]}, not '{value}'.");
        }

        return options;
    }

    private SandboxOptions? With(string name, string value) =>
        name switch
        {
            "--port" when OptionReader.Whole(value, 0, IPEndPoint.MaxPort) is { } port => this with { Port = port },
            "--listen" when IPAddress.TryParse(value, out _) => this with { Address = value },
            "--catalogue" when Directory.Exists(value) => this with { CatalogueFolder = value },
            "--url" when OptionReader.Web(value) is not null => this with { PublicUrl = value.TrimEnd('/') },
            "--limits" when value is "on" or "off" => this with { LimitsEnabled = value == "on" },
            "--per-minute" when OptionReader.Whole(value, 1, 1_000_000_000) is { } most => this with
            {
                PerMinute = most,
            },
            "--client" when Client(value) is { } client => this with { Clients = [.. Clients, client] },
            "--titles" when OptionReader.Whole(value, 0, SyntheticTitles.Most) is { } titles => this with
            {
                Titles = titles,
            },
            "--signing-key" when value.Length > 0 => this with { SigningKey = value },
            _ => null,
        };

    private static (string Id, string RedirectUri)? Client(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } id, var redirectUri] && RegisteredClients.IsUsable(redirectUri)
            ? (id, redirectUri)
            : null;
}
