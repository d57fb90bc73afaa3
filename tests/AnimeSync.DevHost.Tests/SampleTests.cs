using System.Text.RegularExpressions;
using AnimeSync.DevHost.Tests.Infrastructure;

namespace AnimeSync.DevHost.Tests;

public sealed partial class SampleTests : IDisposable
{
    private readonly DeskFolder _folder = new();

    [Fact]
    public async Task The_tour_of_the_samples_is_complete()
    {
        using var desk = await DeskProcess.StartAsync(_folder);

        var (exitCode, output) = await Shell.RunAsync("samples/tour.sh \"$1\"", desk.Address.ToString().TrimEnd('/'));

        Assert.True(exitCode == 0, output);
        Assert.Contains("The tour is complete.", output);
    }

    [Fact]
    public async Task What_the_README_tells_people_to_paste_works()
    {
        using var desk = await DeskProcess.StartAsync(_folder);
        var readme = await File.ReadAllTextAsync(Path.Combine(Shell.Repository, "README.md"));
        var blocks = Runnable().Matches(readme).Select(block => block.Groups["script"].Value).ToArray();
        var script = string.Join('\n', blocks).Replace("http://localhost:8000", desk.Address.ToString().TrimEnd('/'));

        // One shell, since later blocks use what earlier ones set.
        var (exitCode, output) = await Shell.RunAsync($"set -eu\n{script}");

        Assert.NotEmpty(blocks);
        Assert.True(exitCode == 0, output);
        Assert.Contains("\"name\":\"rin\"", output);
        Assert.Contains("Cowboy Bebop", output);
        Assert.Contains("\"nextCursor\":null", output);
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"<!-- runnable -->\s*```bash\n(?<script>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Runnable();
}
