using Xunit.Runner.InProc.SystemConsole;

namespace RedisRateLimiting.Tests.Infrastructure;

internal static class EntryPoint
{
    public static Task<int> Main(string[] args) =>
        args is [LimiterProcess.Verb, var redis] ? LimiterProcess.ServeAsync(redis) : ConsoleRunner.Run(args);
}
