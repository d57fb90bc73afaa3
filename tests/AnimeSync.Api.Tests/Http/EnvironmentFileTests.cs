using System.Text.RegularExpressions;
using AnimeSync.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Http;

public sealed partial class EnvironmentFileTests
{
    // Read by the framework itself.
    private static readonly string[] _frameworks = ["ASPNETCORE_ENVIRONMENT"];

    [Fact]
    public async Task The_example_file_names_exactly_the_settings_that_are_read()
    {
        await using var host = await EdgeHost.StartAsync();

        var read = host.Services.GetRequiredService<Settings>().Names;

        Assert.Equal(
            read.Concat(_frameworks).Order(StringComparer.Ordinal),
            Lines().Select(line => line.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_example_file_holds_no_secret()
    {
        Assert.All(
            Lines()
                .Where(line =>
                    line.Name.Contains("SECRET", StringComparison.Ordinal)
                    || line.Name.Contains("PASSWORD", StringComparison.Ordinal)
                ),
            line => Assert.Equal(string.Empty, line.Value)
        );
    }

    // What DevHost alone reads stands below a line of its own; its tests look after it.
    private static IEnumerable<(string Name, string Value)> Lines() =>
        File.ReadLines(Find())
            .TakeWhile(line => !line.StartsWith("# DevHost", StringComparison.Ordinal))
            .Select(line => Line().Match(line))
            .Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AnimeSync.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, ".env.example");
    }

    // A commented-out setting counts: it documents one that is better left unset.
    [GeneratedRegex("^#? ?([A-Z][A-Z0-9_]+)=(.*)$")]
    private static partial Regex Line();
}
