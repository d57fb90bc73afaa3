namespace AnimeSync.DevHost.Tests.Infrastructure;

/// <summary>An empty place to stand in and an empty home, gone with the test.</summary>
internal sealed class DeskFolder : IDisposable
{
    public DeskFolder() => Directory.CreateDirectory(Home);

    public string Path { get; } = Directory.CreateTempSubdirectory("devhost-").FullName;

    public string Home => System.IO.Path.Combine(Path, "home");

    public string Secrets => System.IO.Path.Combine(Path, ".animesync", "secrets.env");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
