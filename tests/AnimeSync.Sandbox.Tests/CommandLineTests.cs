using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnimeSync.Sandbox.LiveCheck;

namespace AnimeSync.Sandbox.Tests;

/// <summary>What whoever starts the program by hand sees and gets as its exit code.</summary>
public sealed class CommandLineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_taken_port_ends_it_with_1_and_the_way_out_in_two_lines()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, output, errors) = await RunAsync("--port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Equal(2, errors.TrimEnd().Split('\n').Length);
        Assert.StartsWith($"Port {port} is in use by another program", errors);
        Assert.Contains("--port 9200", errors);
        Assert.Contains("DevHost has a sandbox of its own", errors);
    }

    [Fact]
    public async Task An_address_of_another_machine_ends_it_with_1()
    {
        var (exitCode, _, errors) = await RunAsync("--listen", "192.0.2.1", "--port", "0");

        Assert.Equal(1, exitCode);
        Assert.Equal("This machine does not have the address 192.0.2.1: choose another one with --listen.\n", errors);
    }

    [Theory]
    [InlineData("--port takes a whole number from 0 to 65535, not 'abc'.", "--port", "abc")]
    [InlineData("--pause takes seconds from 0 to 3600, not '-1'.", "live-check", "--pause", "-1")]
    public async Task A_mistake_ends_it_with_2_and_one_line(string line, params string[] args)
    {
        var (exitCode, output, errors) = await RunAsync(args);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Equal($"{line}\n", errors);
    }

    [Theory]
    [InlineData("--signing-key", "--help")]
    [InlineData("--users", "live-check", "--help")]
    public async Task Help_shows_the_options_and_ends_with_0(string option, params string[] args)
    {
        var (exitCode, output, errors) = await RunAsync(args);

        Assert.Equal(0, exitCode);
        Assert.Contains($"  {option} ", output);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("The sandbox has no option --prot: --help shows those it has.", "--prot", "1")]
    [InlineData("The sandbox has no option 9200: --help shows those it has.", "9200")]
    [InlineData("--port needs a value: it takes a whole number from 0 to 65535.", "--port")]
    [InlineData("--port needs a value: it takes a whole number from 0 to 65535.", "--port", "--limits", "on")]
    [InlineData("--port takes a whole number from 0 to 65535, not '65536'.", "--port", "65536")]
    [InlineData("--port takes a whole number from 0 to 65535, not '-1'.", "--port", "-1")]
    [InlineData("--listen takes an IP address such as 127.0.0.1 or 0.0.0.0, not 'localhost'.", "--listen", "localhost")]
    [InlineData("--url takes an http or https address, not 'anilist.test'.", "--url", "anilist.test")]
    [InlineData("--catalogue takes a folder that exists, not '/no/such'.", "--catalogue", "/no/such")]
    [InlineData("--limits takes on or off, not 'yes'.", "--limits", "yes")]
    [InlineData("--client takes ID=REDIRECT_URI, the latter an absolute address, not '1'.", "--client", "1")]
    [InlineData("--client takes ID=REDIRECT_URI, the latter an absolute address, not '=app:/'.", "--client", "=app:/")]
    [InlineData("--client takes ID=REDIRECT_URI, the latter an absolute address, not '1=/a'.", "--client", "1=/a")]
    [InlineData("--titles takes a whole number from 0 to 20000, not '-1'.", "--titles", "-1")]
    [InlineData("--titles takes a whole number from 0 to 20000, not '20001'.", "--titles", "20001")]
    [InlineData("--signing-key takes a text that is not empty, not ''.", "--signing-key", "")]
    public void A_mistaken_option_is_named_with_what_it_takes(string message, params string[] args)
    {
        Assert.Equal(message, Assert.Throws<OptionException>(() => SandboxOptions.Parse(args)).Message);
    }

    [Theory]
    [InlineData("live-check has no option --limit: --help shows those it has.", "--limit", "1")]
    [InlineData("--pause needs a value: it takes seconds from 0 to 3600.", "--pause")]
    [InlineData("--pause takes seconds from 0 to 3600, not 'NaN'.", "--pause", "NaN")]
    [InlineData("--timeout takes seconds above 0, up to 3600, not '0'.", "--timeout", "0")]
    [InlineData("--graphql takes an http or https address, not 'localhost:9100'.", "--graphql", "localhost:9100")]
    [InlineData("--referer takes an http or https address, not 'me'.", "--referer", "me")]
    [InlineData("--users takes ids with commas between them, such as 1,2, not '1,rin'.", "--users", "1,rin")]
    public void So_is_one_of_the_live_check(string message, params string[] args)
    {
        Assert.Equal(message, Assert.Throws<OptionException>(() => LiveCheckOptions.Parse(args)).Message);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args)
    {
        // The runner may have been started by its own launcher instead of dotnet.
        var runner = Environment.ProcessPath!;
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(runner) == "dotnet" ? runner : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AnimeSync.Sandbox.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, Lines(await output), Lines(await errors));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}
