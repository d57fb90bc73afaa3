using StackExchange.Redis;

namespace AnimeSync.AniList.Gateway;

/// <summary>The rules as one atomic script over one key, on the clock of Redis.</summary>
internal static class BudgetScript
{
    private static readonly string _text = Read();

    public static RedisKey Key(RequestBudgetOptions options) => $"animesync:budget:{options.Name}";

    public static async Task<BudgetReply> RunAsync(IDatabaseAsync database, BudgetQuestion question) =>
        BudgetReply.Parse(await database.ScriptEvaluateAsync(_text, [Key(question.Options)], question.ToArguments()));

    private static string Read()
    {
        using var reader = new StreamReader(
            typeof(BudgetScript).Assembly.GetManifestResourceStream("BudgetScript.lua")
                ?? throw new InvalidOperationException("BudgetScript.lua is not in the assembly.")
        );
        return reader.ReadToEnd();
    }
}
