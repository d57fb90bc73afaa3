using System.Globalization;
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
    int? Titles = null
)
{
    private const int DefaultPort = 9100;

    /// <summary>OAuth clients with the addresses they may use, from <c>--client ID=REDIRECT_URI</c>.</summary>
    public IReadOnlyList<(string Id, string RedirectUri)> Clients { get; init; } = [];

    public static SandboxOptions Parse(string[] args)
    {
        var options = new SandboxOptions(DefaultPort, "127.0.0.1", null, null, false, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--port" => options with { Port = int.Parse(value, CultureInfo.InvariantCulture) },
                "--listen" => options with { Address = value },
                "--catalogue" => options with { CatalogueFolder = value },
                "--url" => options with { PublicUrl = value.TrimEnd('/') },
                "--limits" => options with { LimitsEnabled = value == "on" },
                "--client" => options with { Clients = [.. options.Clients, Client(value)] },
                "--titles" => options with { Titles = int.Parse(value, CultureInfo.InvariantCulture) },
                "--signing-key" => options with { SigningKey = value },
                _ => throw new ArgumentException($"The sandbox has no option {args[i]}."),
            };
        }

        return options;
    }

    private static (string Id, string RedirectUri) Client(string text)
    {
        var (id, redirectUri) = text.Split('=', 2) is [var before, var after] ? (before, after) : ("", "");
        return id.Length > 0 && RegisteredClients.IsUsable(redirectUri)
            ? (id, redirectUri)
            : throw new ArgumentException($"--client takes ID=REDIRECT_URI, not {text}.");
    }
}
