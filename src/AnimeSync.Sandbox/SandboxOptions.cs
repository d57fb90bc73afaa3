using System.Globalization;

namespace AnimeSync.Sandbox;

/// <summary>What the command line asked for; anything unknown stops the start, so that a typing error shows.</summary>
internal sealed record SandboxOptions(
    int Port,
    string Address,
    string? CatalogueFolder,
    string? PublicUrl,
    bool LimitsEnabled,
    string? SigningKey
)
{
    private const int DefaultPort = 9100;

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
                "--signing-key" => options with { SigningKey = value },
                _ => throw new ArgumentException($"The sandbox has no option {args[i]}."),
            };
        }

        return options;
    }
}
