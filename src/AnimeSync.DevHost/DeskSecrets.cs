using System.Security.Cryptography;
using AnimeSync.Api.Hosting;

namespace AnimeSync.DevHost;

/// <summary>A desk's own secrets: random, made once, kept in one file that only its owner can read.</summary>
internal static class DeskSecrets
{
    public const string SandboxKey = "SANDBOX_SIGNING_KEY";

    private const int Bytes = 48;

    private static readonly string[] _names = ["SECRET_KEY", "JWT_SECRET_KEY", "ANILIST_CLIENT_SECRET", SandboxKey];

    public static IReadOnlyDictionary<string, string> Open(DataFolder folder)
    {
        try
        {
            if (!File.Exists(folder.Secrets))
            {
                DataFolder.CreatePrivate(folder.Secrets, string.Concat(_names.Select(name => $"{name}={Random()}\n")));
            }

            DataFolder.Tighten(folder.Secrets);
            return Parse(File.ReadAllLines(folder.Secrets))
                ?? throw new StartupRefusedException(
                    $"The secrets in {folder.Secrets} are damaged: restore the file, or delete the folder to start afresh."
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException($"The secrets in {folder.Secrets} cannot be read or written.");
        }
    }

    private static Dictionary<string, string>? Parse(string[] lines)
    {
        var pairs = lines.Select(line => line.Split('=', 2)).ToArray();
        var isWhole =
            pairs.Length == _names.Length
            && pairs.All(pair => pair.Length == 2 && IsRandom(pair[1]))
            && pairs
                .Select(pair => pair[0])
                .Order(StringComparer.Ordinal)
                .SequenceEqual(_names.Order(StringComparer.Ordinal));
        return isWhole ? pairs.ToDictionary(pair => pair[0], pair => pair[1]) : null;
    }

    private static string Random() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    private static bool IsRandom(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length == Bytes;
}
