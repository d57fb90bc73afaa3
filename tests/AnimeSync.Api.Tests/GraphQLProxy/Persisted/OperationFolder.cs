using System.Security.Cryptography;
using System.Text;
using AnimeSync.Api.GraphQLProxy.Persisted;
using AnimeSync.Api.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace AnimeSync.Api.Tests.GraphQLProxy.Persisted;

/// <summary>A folder of an operator's, gone with the test.</summary>
public sealed class OperationFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("animesync-operations-").FullName;

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The hash of a document that is now in the folder.</summary>
    public string Add(string name, string text)
    {
        Write(name, Encoding.UTF8.GetBytes(text));
        return HashOf(text);
    }

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    internal PersistedOptions Read(bool isStrict = false) => Read(Path, isStrict, out _);

    internal static PersistedOptions Read(string? source, bool isStrict, out IReadOnlyCollection<string> faults)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["GRAPHQL_PERSISTED_OPERATIONS"] = source,
                ["GRAPHQL_PERSISTED_ONLY"] = isStrict ? "true" : null,
            }
        );
        var settings = new Settings(configuration.Build(), new HostingEnvironment { EnvironmentName = "Production" });
        var options = PersistedOptions.Read(settings);
        faults = settings.Faults;
        return options;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
