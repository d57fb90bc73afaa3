namespace AnimeSync.Repository.Tests;

public sealed class AdvisoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("animesync-advisories");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void No_locked_package_has_a_known_advisory()
    {
        Assert.NotEmpty(Advisories.LockedPackages(Tree.Root));
        var findings = Advisories.Findings(Tree.Root).ToList();

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Fact]
    public void Every_project_is_locked()
    {
        var projects = Tree.Files(Tree.Repository).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

        Assert.All(
            projects,
            project =>
                Assert.True(
                    File.Exists(Path.Combine(Tree.Repository, Path.GetDirectoryName(project)!, "packages.lock.json")),
                    project
                )
        );
    }

    [Theory]
    [InlineData("Newtonsoft.Json", "12.0.1")]
    [InlineData("newtonsoft.json", "13.0.1-beta1")]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.6")]
    [InlineData("Npgsql", "8.0.2")]
    public void A_bad_package_of_NuGet_is_found(string package, string version)
    {
        WriteNuGetLock(package, version);

        Assert.Contains(version, Assert.Single(Advisories.Findings(_folder.FullName)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Newtonsoft.Json", "13.0.1")]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.7")]
    [InlineData("Microsoft.AspNetCore.DataProtection", "9.0.11")]
    [InlineData("Npgsql", "10.0.3")]
    public void A_mended_package_is_not(string package, string version)
    {
        WriteNuGetLock(package, version);

        Assert.Empty(Advisories.Findings(_folder.FullName));
    }

    [Theory]
    [InlineData("node_modules/ws", "8.17.0", 1)]
    [InlineData("node_modules/ws", "8.17.1", 0)]
    [InlineData("node_modules/a/node_modules/semver", "6.3.0", 1)]
    public void A_bad_package_of_npm_is_found_at_any_depth(string place, string version, int findings)
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "package-lock.json"),
            $$"""{"lockfileVersion":3,"packages":{"":{"name":"x"},"{{place}}":{"version":"{{version}}"} } }"""
        );

        Assert.Equal(findings, Advisories.Findings(_folder.FullName).Count());
    }

    private void WriteNuGetLock(string package, string version) =>
        File.WriteAllText(
            Path.Combine(_folder.FullName, "packages.lock.json"),
            $$"""
            {
              "version": 2,
              "dependencies": {
                "net10.0": { "{{package}}": { "type": "Transitive", "resolved": "{{version}}" }, "own": { "type": "Project" } }
              }
            }
            """
        );
}
