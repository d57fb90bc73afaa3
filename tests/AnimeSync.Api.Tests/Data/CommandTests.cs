using System.Diagnostics;

namespace AnimeSync.Api.Tests.Data;

/// <summary>The binary as an operator runs it, each time a process of its own.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Migrate_needs_no_setting_but_the_databases_and_may_be_run_again()
    {
        await using var database = await EmptyDatabase.CreateAsync();

        var first = await RunAsync(database, ["migrate"]);
        var second = await RunAsync(database, ["migrate"]);

        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Contains("current; 0 migrations", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotating_keys_with_the_wrong_secret_is_refused_in_one_line()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using (await TestService.StartAsync(database.Options)) { }

        var run = await RunAsync(database, ["keys", "rotate"], ("SECRET_KEY", TestService.SecondSecret));

        Assert.Equal(1, run.Code);
        Assert.StartsWith("SECRET_KEY opens no key", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(TestService.SecondSecret, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotating_keys_prints_what_it_did()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using (var service = await TestService.StartAsync(database.Options))
        {
            await service.AddUserAsync(1, "token-of-one");
        }

        var run = await RunAsync(
            database,
            ["keys", "rotate"],
            ("SECRET_KEY", TestService.SecondSecret),
            ("PREVIOUS_SECRET_KEYS", TestService.FirstSecret)
        );

        Assert.Equal((0, ""), (run.Code, run.Errors));
        Assert.Contains("Rows re-encrypted: 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_command_prints_the_usage()
    {
        await using var database = await EmptyDatabase.CreateAsync();

        var run = await RunAsync(database, ["frobnicate"]);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("usage:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_line_without_its_address()
    {
        await using var database = await EmptyDatabase.CreateAsync();

        var run = await RunAsync(
            database,
            ["migrate"],
            ("DATABASE_URL", "postgresql://someone:hunter2@127.0.0.1:1/nowhere"),
            ("MIGRATIONS_DATABASE_URL", null)
        );

        Assert.Equal(1, run.Code);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("hunter2", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", run.Output + run.Errors, StringComparison.Ordinal);
    }

    private static async Task<Run> RunAsync(
        EmptyDatabase database,
        string[] arguments,
        params (string Name, string? Value)[] settings
    )
    {
        var binary = Path.Combine(AppContext.BaseDirectory, "AnimeSync.Api.dll");
        var start = new ProcessStartInfo("dotnet", [binary, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DATABASE_URL"] = database.Url;
        start.Environment["MIGRATIONS_DATABASE_URL"] = database.IsPostgres ? database.Url : null;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    private sealed record Run(int Code, string Output, string Errors);
}
