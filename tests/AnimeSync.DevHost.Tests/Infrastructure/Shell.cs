using System.Diagnostics;

namespace AnimeSync.DevHost.Tests.Infrastructure;

/// <summary>Runs a script as a person would paste it, from the repository's top folder.</summary>
internal static class Shell
{
    public static string Repository { get; } = FindRepository();

    public static async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\n{script}", "bash", .. arguments])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AnimeSync.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
