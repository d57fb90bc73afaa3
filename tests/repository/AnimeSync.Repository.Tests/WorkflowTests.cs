using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace AnimeSync.Repository.Tests;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [.. Tree.Files(Tree.Repository).Where(path => path.StartsWith(".github/workflows/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_commit(string path)
    {
        var uses = File.ReadLines(Path.Combine(Tree.Repository, path))
            .Where(line => line.Contains("uses:", StringComparison.Ordinal));

        Assert.All(uses, line => Assert.Matches(PinnedAction(), line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_starts_without_permissions_and_each_job_names_its_own(string path)
    {
        var workflow = Yaml.Read(path);

        Assert.Empty(((YamlMappingNode)workflow["permissions"]).Children);
        Assert.All(
            ((YamlMappingNode)workflow["jobs"]).Children.Values,
            job => Assert.NotEmpty(((YamlMappingNode)job["permissions"]).Children)
        );
    }

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedAction();
}
