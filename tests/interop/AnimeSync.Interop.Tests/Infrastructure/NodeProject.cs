using System.Diagnostics;
using System.Text.Json;

namespace AnimeSync.Interop.Tests.Infrastructure;

/// <summary>The folder of clients from npm, installed as its lock file says. A machine without Node.js fails here.</summary>
public sealed class NodeProject : IAsyncLifetime
{
    private static readonly string _folder = FindFolder();

    public async ValueTask InitializeAsync() =>
        await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);

    /// <summary>Runs a script of the folder and reads the JSON that it prints.</summary>
    internal static async Task<JsonElement> RunScriptAsync(string script, params string[] arguments) =>
        JsonDocument.Parse(await RunAsync("node", [script, .. arguments])).RootElement;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}{output}");
        return output;
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AnimeSync.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "interop", "AnimeSync.Interop.Tests", "node");
    }
}
