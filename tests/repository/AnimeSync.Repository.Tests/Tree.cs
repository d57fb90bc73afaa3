using System.Diagnostics;

namespace AnimeSync.Repository.Tests;

/// <summary>
/// The files under judgement: this repository, or the folder that CHECKED_TREE names, so that CI can show each check
/// turning red on a seeded fault.
/// </summary>
internal static class Tree
{
    public static string Repository { get; } = FindRepository();

    public static string Root { get; } =
        Environment.GetEnvironmentVariable("CHECKED_TREE") is { Length: > 0 } folder ? folder : Repository;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>What git tracks, or would track; in a folder without git, everything.</summary>
    public static IReadOnlyList<string> Files(string root) =>
        Path.Exists(Path.Combine(root, ".git"))
            ? Git(root, "ls-files", "--cached", "--others", "--exclude-standard")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(path => File.Exists(Path.Combine(root, path)))
                .Distinct()
                .ToList()
            : Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path))
                .ToList();

    public static string Git(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = root, RedirectStandardOutput = true };
        // A checkout made by another user, as in a CI container, is still ours to read.
        foreach (var argument in (string[])["-c", $"safe.directory={root}", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AnimeSync.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("AnimeSync.sln is in no folder above.");
        }

        return folder.FullName;
    }
}
