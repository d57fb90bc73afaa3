namespace AnimeSync.Sandbox;

public static class Program
{
    public static async Task Main(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
    }

    /// <summary>Builds the emulator without starting it, so that a test or DevHost can host it in its own process.</summary>
    public static WebApplication Build(string[] args) => WebApplication.CreateSlimBuilder(args).Build();
}
