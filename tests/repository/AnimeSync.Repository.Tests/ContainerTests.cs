using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace AnimeSync.Repository.Tests;

/// <summary>What the compose file and the images promise; the smoke test shows the same on a running set.</summary>
public sealed partial class ContainerTests
{
    private static readonly YamlMappingNode _compose = Yaml.Read("docker-compose.yml");

    public static TheoryData<string> Services =>
        [.. ((YamlMappingNode)_compose["services"]).Children.Keys.Select(name => name.ToString())];

    public static TheoryData<string> Dockerfiles =>
        [.. Tree.Files(Tree.Repository).Where(path => Path.GetFileName(path) == "Dockerfile")];

    private static YamlMappingNode Service(string name) => (YamlMappingNode)_compose["services"][name];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_container_has_no_rights_it_does_not_need(string name)
    {
        var service = Service(name);

        Assert.Equal("true", service.Find("read_only")?.ToString());
        Assert.Equal(["ALL"], service.Find("cap_drop").Words());
        Assert.Equal(["no-new-privileges:true"], service.Find("security_opt").Words());
        Assert.Null(service.Find("cap_add"));
        Assert.Null(service.Find("privileged"));
        Assert.DoesNotMatch("^(0|root)(:|$)", service.Find("user")?.ToString() ?? "root");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_container_has_limits_and_comes_back(string name)
    {
        var service = Service(name);

        Assert.NotNull(service.Find("mem_limit"));
        Assert.NotNull(service.Find("cpus"));
        Assert.NotNull(service.Find("pids_limit"));
        Assert.Equal(name == "migrate" ? "no" : "unless-stopped", service.Find("restart")?.ToString());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void An_image_is_named_by_its_exact_version(string name) =>
        Assert.Matches(ExactTag(), Service(name).Find("image")!.ToString());

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void An_image_is_built_on_exact_versions_and_runs_as_a_number(string path)
    {
        var lines = File.ReadAllLines(Path.Combine(Tree.Repository, path));
        var bases = lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToList();

        Assert.All(bases, line => Assert.Matches(ExactTag(), line.Split(' ')[1]));
        Assert.Contains("/aspnet:", bases[^1], StringComparison.Ordinal);
        Assert.Contains("USER 1000:1000", lines);
        Assert.Contains(lines, line => line.Contains("DOTNET_EnableDiagnostics=0", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_public_port_is_reachable_from_other_machines()
    {
        var published = ((YamlMappingNode)_compose["services"])
            .Children.SelectMany(service =>
                ((YamlMappingNode)service.Value).Find("ports").Words().Select(port => $"{service.Key} {port}")
            )
            .Where(port => !port.Contains(" 127.0.0.1:", StringComparison.Ordinal));

        Assert.Equal(["nginx ${PUBLIC_PORT:-8000}:8000"], published);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("redis")]
    public void The_stores_are_on_a_network_without_a_way_out(string name)
    {
        Assert.Equal(["data"], Service(name).Find("networks").Words());
        Assert.Equal("true", _compose["networks"]["data"]["internal"].ToString());
    }

    [Theory]
    [InlineData("SECRET_KEY")]
    [InlineData("JWT_SECRET_KEY")]
    [InlineData("ANILIST_CLIENT_SECRET")]
    [InlineData("POSTGRES_PASSWORD")]
    [InlineData("DATABASE_PASSWORD")]
    [InlineData("MIGRATIONS_DATABASE_PASSWORD")]
    [InlineData("REDIS_PASSWORD")]
    public void Every_use_of_a_secret_refuses_to_be_unset(string name)
    {
        var text = File.ReadAllText(Path.Combine(Tree.Repository, "docker-compose.yml"));
        var uses = Regex.Matches(text, $@"\$\{{{name}\b[^}}]*\}}").Select(use => use.Value).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.StartsWith($"${{{name}:?", use, StringComparison.Ordinal));
        Assert.Contains(
            $"\n{name}=\n",
            File.ReadAllText(Path.Combine(Tree.Repository, "deploy/compose.env.example")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_migrate_knows_the_schema_owner()
    {
        Assert.NotNull(((YamlMappingNode)Service("migrate").Find("environment")!).Find("MIGRATIONS_DATABASE_URL"));
        Assert.All(
            ["api-1", "api-2", "worker"],
            name => Assert.Null(((YamlMappingNode)Service(name).Find("environment")!).Find("MIGRATIONS_DATABASE_URL"))
        );
    }

    [GeneratedRegex(@"^[\w./-]+:\d+\.\d+(\.\d+)?(-[\w.-]+)?$")]
    private static partial Regex ExactTag();
}
