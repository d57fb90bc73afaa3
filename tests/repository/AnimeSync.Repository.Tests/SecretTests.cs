namespace AnimeSync.Repository.Tests;

public sealed class SecretTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("animesync-secrets");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void No_committed_file_holds_a_secret()
    {
        var findings = SecretPatterns.Findings(Tree.Root).ToList();

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    // Put together here, so that no scan of this file finds them.
    public static TheoryData<string> Seeds =>
        [
            "-----BEGIN " + "RSA PRIVATE KEY-----",
            "-----BEGIN " + "PRIVATE KEY-----",
            "aws = AKIA" + "IOSFODNN7EXAMPLE",
            "ghp_" + new string('a', 36),
            "npm_" + new string('b', 36),
            "xoxb-" + new string('1', 24),
            "Bearer eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0." + new string('c', 43),
            "DATABASE_URL=postgresql://app:" + new string('d', 32) + "@host/db",
            "JWT_SECRET_KEY=" + new string('0', 64),
            "\"clientSecret\": \"" + new string('e', 40) + "\"",
        ];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_seeded_secret_is_found_and_not_repeated(string line)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "settings.txt"), $"harmless\n{line}\n");

        var finding = Assert.Single(SecretPatterns.Findings(_folder.FullName));

        Assert.StartsWith("settings.txt:2: ", finding, StringComparison.Ordinal);
        Assert.DoesNotContain(line, finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("prod.env")]
    [InlineData("a.key")]
    [InlineData("a.pem")]
    [InlineData("a.pfx")]
    [InlineData("a.secret")]
    [InlineData("keys/ring.xml")]
    [InlineData("uploads/list.xml")]
    [InlineData("backup.dump")]
    public void Git_ignores_what_must_never_be_committed(string path) =>
        Assert.Equal(path, Tree.Git(Tree.Repository, "check-ignore", "--no-index", path).Trim());

    [Fact]
    public void Git_keeps_the_template_of_settings() =>
        Assert.Empty(Tree.Git(Tree.Repository, "check-ignore", "--no-index", ".env.example"));
}
