using System.Globalization;
using System.Net;
using AnimeSync.Api.Hosting;

namespace AnimeSync.DevHost;

/// <summary>What a desk needs and its environment does not say. A variable that is set always wins.</summary>
/// <param name="SandboxPort">Null when AniList is somewhere else.</param>
internal sealed record DeskSettings(
    string Environment,
    IReadOnlyDictionary<string, string?> ForApi,
    int? SandboxPort,
    string[] ForSandbox
)
{
    // Twenty times AniList's own, so that a desk need not wait; the sandbox's limits are off unless asked for.
    private const string RequestsPerMinute = "600";

    private const string ApiPort = "8000";
    private const int DefaultSandboxPort = 9100;

    public bool StartsSandbox => SandboxPort is not null;

    public static DeskSettings Read(Func<string, string?> environment, DataFolder folder)
    {
        var secrets = DeskSecrets.Open(folder);
        var sandboxPort = ReadSandboxPort(environment);
        var sandbox = $"http://127.0.0.1:{sandboxPort}";
        var hasSandbox =
            environment("ANILIST_BASE_URL") is not { Length: > 0 } elsewhere || IsLocal(elsewhere, sandboxPort);

        var defaults = new Dictionary<string, string?>
        {
            ["PUBLIC_URL"] = $"http://localhost:{PublicPort(environment)}",
            ["DATABASE_URL"] = $"sqlite:///{folder.Database}",
            ["SECRET_KEY"] = secrets["SECRET_KEY"],
            ["JWT_SECRET_KEY"] = secrets["JWT_SECRET_KEY"],
        };
        if (hasSandbox)
        {
            defaults["ANILIST_BASE_URL"] = sandbox;
            defaults["ANILIST_GRAPHQL_URL"] = sandbox;
            defaults["ANILIST_REQUESTS_PER_MINUTE"] = RequestsPerMinute;
            defaults["ANILIST_CLIENT_ID"] = "animesync-desk";
            defaults["ANILIST_CLIENT_SECRET"] = secrets["ANILIST_CLIENT_SECRET"];
        }

        // On a desk the app's role may change the schema, whichever database it is.
        defaults["MIGRATIONS_DATABASE_URL"] = environment("DATABASE_URL");
        defaults["MIGRATIONS_DATABASE_URL_FILE"] = environment("DATABASE_URL_FILE");

        return new(
            environment("ASPNETCORE_ENVIRONMENT") ?? environment("DOTNET_ENVIRONMENT") ?? "Development",
            defaults.Where(pair => !IsSet(environment, pair.Key)).ToDictionary(),
            hasSandbox ? sandboxPort : null,
            SandboxArguments(environment, sandboxPort, secrets[DeskSecrets.SandboxKey])
        );
    }

    private static bool IsSet(Func<string, string?> environment, string name)
    {
        var plain = name.EndsWith("_FILE", StringComparison.Ordinal) ? name[..^"_FILE".Length] : name;
        return !string.IsNullOrWhiteSpace(environment(plain))
            || !string.IsNullOrWhiteSpace(environment($"{plain}_FILE"));
    }

    private static string[] SandboxArguments(Func<string, string?> environment, int port, string signingKey)
    {
        string[] arguments =
        [
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--per-minute",
            RequestsPerMinute,
            "--signing-key",
            signingKey,
        ];
        if (environment("SANDBOX_CATALOGUE") is not { Length: > 0 } catalogue)
        {
            return arguments;
        }

        return Directory.Exists(catalogue)
            ? [.. arguments, "--catalogue", catalogue]
            : throw new StartupRefusedException("SANDBOX_CATALOGUE must name a folder of recorded AniList answers");
    }

    private static int ReadSandboxPort(Func<string, string?> environment)
    {
        if (environment("SANDBOX_PORT") is not { Length: > 0 } text)
        {
            return DefaultSandboxPort;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw new StartupRefusedException("SANDBOX_PORT must be a whole number from 1 to 65535");
    }

    private static string PublicPort(Func<string, string?> environment) =>
        IPEndPoint.TryParse(environment("LISTEN_PUBLIC") ?? string.Empty, out var listen) && listen.Port > 0
            ? listen.Port.ToString(CultureInfo.InvariantCulture)
            : ApiPort;

    private static bool IsLocal(string address, int port) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Port == port;
}
