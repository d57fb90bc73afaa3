namespace AnimeSync.Api.Hosting;

internal enum Role
{
    All,
    Api,
    Worker,
}

/// <summary>What this process is: its role, its public address, and how many like it share the budgets.</summary>
/// <param name="PublicUrl">Issuer of tokens and base of links and Referer; without a trailing slash.</param>
/// <param name="Processes">Divides budgets and limits while Redis is away; workers count.</param>
/// <param name="AllowInsecureHttp">Accepts plain http between clients, AniList and this service in Production.</param>
internal sealed record ServiceOptions(
    Role Role,
    string PublicUrl,
    int Processes,
    bool AllowInsecureHttp,
    bool IsDevelopment
)
{
    /// <summary>Cookies are Secure and carry the __Host- prefix exactly when people reach us over https.</summary>
    public bool UsesHttps => PublicUrl.StartsWith("https:", StringComparison.Ordinal);

    public static ServiceOptions Read(Settings settings)
    {
        if (!Enum.TryParse<Role>(settings.Text("ANIMESYNC_ROLE", "all"), ignoreCase: true, out var role))
        {
            settings.Refuse("ANIMESYNC_ROLE", "must be api, worker or all");
        }

        var publicUrl = settings.Address("PUBLIC_URL");
        if (publicUrl is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
        {
            settings.Refuse("PUBLIC_URL", "must be a bare origin, like https://anime.example");
        }

        return new(
            role,
            publicUrl.GetLeftPart(UriPartial.Authority),
            settings.Number("ANIMESYNC_PROCESSES", 1, 1, 1000),
            settings.Flag("ALLOW_INSECURE_HTTP"),
            settings.IsDevelopment
        );
    }
}
