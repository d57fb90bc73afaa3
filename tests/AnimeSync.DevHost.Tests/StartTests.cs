using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.DevHost.Tests.Infrastructure;

namespace AnimeSync.DevHost.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class StartTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DeskFolder _folder = new();

    [Fact]
    public async Task A_first_start_says_what_to_open_and_serves_it_and_stops_on_a_signal()
    {
        using var desk = await DeskProcess.StartAsync(_folder);

        Assert.Contains(desk.Address.ToString().TrimEnd('/'), desk.Output);
        Assert.Contains(Path.Combine(_folder.Path, ".animesync"), desk.Output);
        Assert.True((await Shell.RunAsync($"curl -fsS {desk.Address}readyz")).ExitCode == 0, desk.Output);
        // The three lines of the tour, pasted.
        var tour = desk.Output[
            desk.Output.IndexOf("JAR=", StringComparison.Ordinal)..desk.Output.IndexOf(
                "Ctrl-C",
                StringComparison.Ordinal
            )
        ];
        Assert.Equal(3, tour.Trim().Split('\n').Length);
        Assert.Contains("\"name\":\"rin\"", (await Shell.RunAsync(tour)).Output);

        Assert.Equal(0, await desk.StopAsync());
        Assert.DoesNotContain("info:", desk.Output);
        Assert.DoesNotContain("   at ", desk.Output);
    }

    [Fact]
    public async Task A_second_start_keeps_people_signed_in_and_their_AniList_tokens_good()
    {
        SignedIn signedIn;
        using (var first = await DeskProcess.StartAsync(_folder))
        {
            signedIn = await first.SignInAsync();
            await first.StopAsync();
        }

        using var second = await DeskProcess.StartAsync(_folder);
        var flow = new SignInFlow(second.Address);
        var refreshed = await SignInFlow.TokensAsync(await flow.RefreshAsync(signedIn.RefreshToken!));
        using var http = new HttpClient { BaseAddress = second.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", refreshed.AccessToken);
        using var answer = await http.PostAsJsonAsync("/graphql", new { query = "{ Viewer { name } }" });

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("rin", body.GetProperty("data").GetProperty("Viewer").GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_erased_account_is_readable_in_none_of_the_desks_files()
    {
        using var desk = await DeskProcess.StartAsync(_folder);
        var signedIn = await desk.SignInAsync();
        var user = signedIn.Claims.GetProperty("sub").GetString()!;
        using var http = new HttpClient { BaseAddress = desk.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
        using (await http.GetAsync("/api/v1/me"))
        {
            Assert.True(await IsInAFileAsync(user));
        }

        using var erased = await http.DeleteAsync("/api/v1/me");

        Assert.True(erased.IsSuccessStatusCode);
        Assert.False(await IsInAFileAsync(user));
    }

    [Fact]
    public async Task Secrets_are_random_and_their_owners_alone()
    {
        using var other = new DeskFolder();
        using (var first = await DeskProcess.StartAsync(_folder))
        using (var second = await DeskProcess.StartAsync(other))
        {
            await first.StopAsync();
            await second.StopAsync();
        }

        Assert.Empty(Values(_folder).Intersect(Values(other)));
        Assert.Equal(4, Values(_folder).Distinct().Count());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.Secrets));
        Assert.Equal(
            OwnerOnly | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(_folder.Secrets)!)
        );

        // A file that a copy or an editor opened to others is closed again.
        File.SetUnixFileMode(_folder.Secrets, OwnerOnly | UnixFileMode.OtherRead);
        using var again = await DeskProcess.StartAsync(_folder);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.Secrets));
    }

    [Fact]
    public async Task Every_file_in_the_data_folder_is_its_owners_alone()
    {
        var folder = Path.GetDirectoryName(_folder.Secrets)!;
        using var desk = await DeskProcess.StartAsync(_folder);
        await desk.SignInAsync();

        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.Contains(Path.Combine(folder, "animesync.db.lock"), files);
        Assert.All(files, file => Assert.True(File.GetUnixFileMode(file) == OwnerOnly, file));

        // What an older version left open is closed again.
        await desk.StopAsync();
        File.SetUnixFileMode(Path.Combine(folder, "animesync.db.lock"), OwnerOnly | UnixFileMode.OtherRead);
        using var again = await DeskProcess.StartAsync(_folder);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(folder, "animesync.db.lock")));
    }

    [Fact]
    public async Task Damaged_secrets_are_refused_and_never_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Secrets)!);
        await File.WriteAllTextAsync(_folder.Secrets, "SECRET_KEY=half a");

        using var desk = await DeskProcess.StartAsync(_folder);

        Assert.Equal(1, await desk.ExitCodeAsync());
        Assert.Contains("damaged", Assert.Single(desk.Output.Split('\n')));
        Assert.Equal("SECRET_KEY=half a", await File.ReadAllTextAsync(_folder.Secrets));
    }

    [Fact]
    public async Task Busy_ports_are_all_named_with_the_setting_that_changes_them()
    {
        using var running = await DeskProcess.StartAsync(_folder);
        using var other = new DeskFolder();

        using var refused = await DeskProcess.StartAsync(other, running.Settings);

        Assert.Equal(1, await refused.ExitCodeAsync());
        var lines = refused.Output.Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains($"Port {running.Address.Port} of the public API is in use", lines[0]);
        Assert.All(
            ["LISTEN_PUBLIC", "LISTEN_ADMIN", "LISTEN_INTEGRATIONS", "SANDBOX_PORT"],
            (name, at) => Assert.Contains($"{name}=", lines[at])
        );
    }

    [Fact]
    public async Task A_variable_of_the_environment_wins_and_a_wrong_one_is_named_in_a_line()
    {
        var settings = DeskProcess.FreePorts();
        settings["ANIMESYNC_DATA_DIR"] = "elsewhere";
        settings["PUBLIC_URL"] = "http://127.0.0.1:1234";
        using (var desk = await DeskProcess.StartAsync(_folder, settings))
        {
            Assert.Contains("http://127.0.0.1:1234", desk.Output);
            Assert.True(File.Exists(Path.Combine(_folder.Path, "elsewhere", "secrets.env")));
            await desk.StopAsync();
        }

        settings["ACCESS_TOKEN_EXPIRE_MINUTES"] = "soon";
        settings["JWT_SECRET_KEY_FILE"] = "/nowhere";
        using var refused = await DeskProcess.StartAsync(_folder, settings);

        Assert.Equal(1, await refused.ExitCodeAsync());
        Assert.Equal(
            2,
            refused
                .Output.Split('\n')
                .Count(line => line.StartsWith("ACCESS_TOKEN_EXPIRE_MINUTES") || line.StartsWith("JWT_SECRET_KEY_FILE"))
        );
        Assert.DoesNotContain("   at ", refused.Output);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Values(DeskFolder folder) =>
        File.ReadAllLines(folder.Secrets).Select(line => line.Split('=', 2)[1]);

    private async Task<bool> IsInAFileAsync(string text)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Path, ".animesync"), "animesync.db*"))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            if (content.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
