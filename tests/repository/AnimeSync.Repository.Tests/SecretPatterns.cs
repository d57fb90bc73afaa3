using System.Text.RegularExpressions;

namespace AnimeSync.Repository.Tests;

/// <summary>What a secret looks like once it is in a file. Each pattern is one that examples do not match by accident.</summary>
internal static partial class SecretPatterns
{
    // Longer files are catalogues and lock files, and no key stands on a line of that length.
    private const int LongestLine = 4096;

    private static readonly (string Name, Regex Pattern)[] _patterns =
    [
        ("private key", PrivateKey()),
        ("access key of a cloud", CloudKey()),
        ("token of a code host", CodeHostToken()),
        ("token of a package registry", RegistryToken()),
        ("token of a chat", ChatToken()),
        ("signed token", SignedToken()),
        ("password in an address", PasswordInAddress()),
        ("assigned secret", AssignedSecret()),
    ];

    public static IEnumerable<string> Findings(string root) => Tree.Files(root).SelectMany(path => InFile(root, path));

    /// <summary>Names the file and the line, never the secret.</summary>
    private static IEnumerable<string> InFile(string root, string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(root, path)))
        {
            number++;
            // Hashes of packages are random on purpose.
            if (line.Length > LongestLine || line.Contains("\"contentHash\"", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var (name, pattern) in _patterns)
            {
                if (pattern.IsMatch(line))
                {
                    yield return $"{path}:{number}: {name}";
                }
            }
        }
    }

    [GeneratedRegex("-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b")]
    private static partial Regex CloudKey();

    [GeneratedRegex(@"\bgh[pousr]_[0-9A-Za-z]{36}\b|\bgithub_pat_[0-9A-Za-z_]{60,}\b|\bglpat-[0-9A-Za-z_-]{20}\b")]
    private static partial Regex CodeHostToken();

    [GeneratedRegex(@"\bnpm_[0-9A-Za-z]{36}\b|\boy2[a-z0-9]{43}\b")]
    private static partial Regex RegistryToken();

    [GeneratedRegex(@"\bxox[abposr]-[0-9A-Za-z-]{20,}\b")]
    private static partial Regex ChatToken();

    // Three parts, the last long enough to be a MAC or a signature.
    [GeneratedRegex(@"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{40,}")]
    private static partial Regex SignedToken();

    // A password of 20 or more letters and digits was generated, not written for an example.
    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^\s/:@""'{}$]*:[0-9A-Za-z_-]{20,}@")]
    private static partial Regex PasswordInAddress();

    [GeneratedRegex(
        @"(?:SECRET|PASSWORD|TOKEN|API_?KEY)[A-Z0-9_]*[""']?\s*[:=]\s*[""']?(?:[0-9a-f]{32,}|[0-9A-Za-z+/]{40,}={0,2})(?:[""'\s,;]|$)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AssignedSecret();
}
