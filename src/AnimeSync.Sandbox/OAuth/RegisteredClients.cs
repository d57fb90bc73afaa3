using System.Collections.Concurrent;

namespace AnimeSync.Sandbox.OAuth;

/// <summary>Clients whose addresses are known: those match exactly. Any other client but <c>unknown</c> may use any usable one.</summary>
internal sealed class RegisteredClients
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> redirectUris = new(StringComparer.Ordinal);

    public RegisteredClients(SandboxOptions options)
    {
        foreach (var client in options.Clients.GroupBy(client => client.Id))
        {
            Register(client.Key, [.. client.Select(one => one.RedirectUri)]);
        }
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => redirectUris;

    public void Register(string id, IReadOnlyList<string> uris) => redirectUris[id] = uris;

    /// <summary>Where to send the user back to; null when the client or its address is not to be trusted.</summary>
    public string? RedirectUri(string? id, string? given, string pin)
    {
        if (string.IsNullOrEmpty(id) || id == "unknown")
        {
            return null;
        }

        if (redirectUris.TryGetValue(id, out var registered))
        {
            return given is null ? registered[0]
                : registered.Contains(given, StringComparer.Ordinal) ? given
                : null;
        }

        return given ?? pin;
    }

    /// <summary>Whether somebody can be sent there: an absolute address that can stand in a Location header.</summary>
    public static bool IsUsable(string? address) =>
        address is not null
        // A path alone counts as an absolute file address on some systems.
        && !address.StartsWith('/')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is not ("javascript" or "data" or "mailto")
        // RFC 6749 §3.1.2: the fragment is the answer's.
        && !address.Contains('#', StringComparison.Ordinal)
        && address.All(letter => letter is > ' ' and < '\x7f');
}
