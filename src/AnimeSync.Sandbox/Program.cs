using System.Net;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.Catalogue;
using AnimeSync.Sandbox.Community;
using AnimeSync.Sandbox.Control;
using AnimeSync.Sandbox.GraphQL;
using AnimeSync.Sandbox.Lists;
using AnimeSync.Sandbox.LiveCheck;
using AnimeSync.Sandbox.OAuth;
using AnimeSync.Sandbox.People;

namespace AnimeSync.Sandbox;

/// <summary>An emulator of AniList: sign-in, GraphQL, limits and faults, with sample users and titles.</summary>
public static class Program
{
    private const int LargestBody = 1024 * 1024;
    private const int Refused = 1;
    private const int Misused = 2;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            return args is ["live-check", .. var rest] ? await CheckAsync(rest) : await ServeAsync(args);
        }
        catch (OptionException mistake)
        {
            await Console.Error.WriteLineAsync(mistake.Message);
            return Misused;
        }
    }

    private static async Task<int> CheckAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(LiveCheckOptions.Help);
            return 0;
        }

        return await LiveCheckCommand.RunAsync(LiveCheckOptions.Parse(args), Console.Out);
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(SandboxOptions.Help);
            return 0;
        }

        var options = SandboxOptions.Parse(args);
        if (FreePort.Fault(options) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return Refused;
        }

        await using var app = Build(options);
        await app.StartAsync();
        Console.WriteLine($"AniList sandbox on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Builds the emulator without starting it, so that a test or DevHost can host it in its own process.</summary>
    public static WebApplication Build(string[] args) => Build(SandboxOptions.Parse(args));

    private static WebApplication Build(SandboxOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Hosted beside another application: that one's settings and environment are not for the sandbox.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(MediaCatalogue.Load(options.CatalogueFolder, options.Titles));
        builder.Services.AddSingleton<UserAccounts>().AddSingleton<UserLists>();
        builder.Services.AddSingleton<AccessTokens>().AddSingleton<AuthorizationCodes>();
        builder.Services.AddClock().AddClients().AddControl().AddGraphQL();
        builder.Services.AddCommunity();

        var app = builder.Build();
        app.UseSandboxTime();
        app.UseUnreadableBodies();
        app.MapGraphQL();
        app.MapOAuth();
        app.MapCovers();
        app.MapProfilePictures();
        app.MapPortraits();
        app.MapControl();
        return app;
    }
}
