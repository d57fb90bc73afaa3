using System.Globalization;
using System.Text.Json;

namespace AnimeSync.Repository.Tests;

/// <param name="Bad">Ranges like `>=8.0.0 &lt;8.0.3`; one that holds is enough.</param>
internal sealed record Advisory(string Ecosystem, string Package, IReadOnlyList<string> Bad, string Id)
{
    public bool Covers(string version) =>
        Bad.Any(range =>
            range
                .Split(' ')
                .All(bound =>
                    bound.StartsWith(">=", StringComparison.Ordinal) ? Compare(version, bound[2..]) >= 0
                    : bound.StartsWith('<') ? Compare(version, bound[1..]) < 0
                    : throw new FormatException($"{Id}: {bound} is no bound")
                )
        );

    // Semantic Versioning §11 as far as locks need it: numbers part by part, and a pre-release before its release.
    private static int Compare(string left, string right)
    {
        var (a, b) = (Parts(left), Parts(right));
        for (var part = 0; part < Math.Max(a.Length, b.Length); part++)
        {
            var difference = a.ElementAtOrDefault(part).CompareTo(b.ElementAtOrDefault(part));
            if (difference != 0)
            {
                return difference;
            }
        }

        return right.Contains('-', StringComparison.Ordinal).CompareTo(left.Contains('-', StringComparison.Ordinal));
    }

    private static int[] Parts(string version) =>
        version
            .Split('-', '+')[0]
            .Split('.')
            .Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))
            .ToArray();
}

internal sealed record LockedPackage(string Ecosystem, string Name, string Version, string LockFile);

/// <summary>
/// Every locked package against our own list, `.ci/advisories.json`: the registries' audits answer "all clear" when
/// they have no data, and nobody notices.
/// </summary>
internal static class Advisories
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Advisory> Known { get; } =
        JsonSerializer.Deserialize<List<Advisory>>(
            File.ReadAllText(Path.Combine(Tree.Repository, ".ci/advisories.json")),
            _json
        )!;

    public static IEnumerable<string> Findings(string root) =>
        from package in LockedPackages(root)
        from advisory in Known
        where advisory.Ecosystem == package.Ecosystem
        where advisory.Package.Equals(package.Name, StringComparison.OrdinalIgnoreCase)
        where advisory.Covers(package.Version)
        select $"{package.LockFile}: {package.Name} {package.Version} ({advisory.Id})";

    public static IEnumerable<LockedPackage> LockedPackages(string root)
    {
        foreach (var path in Tree.Files(root))
        {
            var read = Path.GetFileName(path) switch
            {
                "packages.lock.json" => NuGet(root, path),
                "package-lock.json" => Npm(root, path),
                _ => [],
            };
            foreach (var package in read)
            {
                yield return package;
            }
        }
    }

    private static List<LockedPackage> NuGet(string root, string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, path)));
        return document
            .RootElement.GetProperty("dependencies")
            .EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("resolved", out _))
            .Select(package => new LockedPackage(
                "nuget",
                package.Name,
                package.Value.GetProperty("resolved").GetString()!,
                path
            ))
            .ToList();
    }

    private static List<LockedPackage> Npm(string root, string path)
    {
        const string Folder = "node_modules/";
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, path)));
        return document
            .RootElement.GetProperty("packages")
            .EnumerateObject()
            .Where(package => package.Name.Contains(Folder, StringComparison.Ordinal))
            .Where(package => package.Value.TryGetProperty("version", out _))
            .Select(package => new LockedPackage(
                "npm",
                package.Name[(package.Name.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..],
                package.Value.GetProperty("version").GetString()!,
                path
            ))
            .ToList();
    }
}
