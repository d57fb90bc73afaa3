using System.Text.RegularExpressions;

namespace AnimeSync.Repository.Tests;

/// <summary>An alert about a metric that nobody measures is silent for ever, so names are held against the code.</summary>
public sealed partial class MetricTests
{
    private static readonly HashSet<string> _measured = Tree.Files(Tree.Repository)
        .Where(path =>
            path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)
        )
        .Select(path => File.ReadAllText(Path.Combine(Tree.Repository, path)))
        .SelectMany(text => Instrument().Matches(text))
        .Select(match => match.Groups["name"].Value)
        .ToHashSet();

    [Fact]
    public void The_document_lists_exactly_the_metrics_of_ours()
    {
        var documented = Row().Matches(Read("docs/observability.md"));

        Assert.Equal(
            _measured.Order(StringComparer.Ordinal),
            documented.Select(row => row.Groups["name"].Value).Order(StringComparer.Ordinal)
        );
        Assert.All(
            documented,
            row => Assert.StartsWith(Underscored(row.Groups["name"].Value), row.Groups["exported"].Value)
        );
    }

    [Fact]
    public void An_alert_asks_for_metrics_that_exist_and_are_documented()
    {
        var document = Read("docs/observability.md");
        var asked = Expressions().Select(match => match.Value).Where(name => name.Contains('_')).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.All(
            asked,
            name =>
                Assert.Contains($"`{HistogramPart().Replace(name, string.Empty)}`", document, StringComparison.Ordinal)
        );
    }

    private static IEnumerable<Match> Expressions() =>
        Expression()
            .Matches(Read("deploy/prometheus/alerts.yml"))
            .SelectMany(expression =>
                Metric().Matches(Inside().Replace(expression.Groups["text"].Value, string.Empty))
            );

    private static string Read(string path) => File.ReadAllText(Path.Combine(Tree.Repository, path));

    private static string Underscored(string name) => name.Replace('.', '_');

    [GeneratedRegex("""(Create\w+(<\w+>)?|Gauges?)\(\s*"(?<name>animesync\.[a-z._]+)"\s*[,)]""")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<name>animesync\.[a-z._]+)` \| `(?<exported>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(
        @"^ +expr: (>-)?(?<text>.*?)(?=^ +(for|labels):)",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Expression();

    // What follows `by` or stands in braces are labels.
    [GeneratedRegex(@"\bby \([^)]*\)|\{[^}]*\}")]
    private static partial Regex Inside();

    [GeneratedRegex(@"[a-z][a-z0-9_]+(?![a-z0-9_(])(?! \()")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();
}
