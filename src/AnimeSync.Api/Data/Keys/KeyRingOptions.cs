using System.Text;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Data.Keys;

/// <summary>What opens the key ring: new ring rows are closed with the current secret, old ones open with any.</summary>
internal sealed class KeyRingOptions(RingSecret current, IReadOnlyList<RingSecret> previous)
{
    private const int LeastBytes = 32;
    private const int LeastDistinctCharacters = 10;

    private static readonly string[] _placeholders =
    [
        "changeme",
        "change-me",
        "change_me",
        "secret",
        "password",
        "example",
    ];

    public RingSecret Current { get; } = current;

    public RingSecret? Find(string id) => previous.Prepend(Current).FirstOrDefault(secret => secret.Id == id);

    public static KeyRingOptions Read(Settings settings)
    {
        var secret = settings.RequiredSecret("SECRET_KEY");
        if (secret.Length > 0)
        {
            Check(settings, secret);
        }

        return new(RingSecret.From(secret), [.. settings.SecretList("PREVIOUS_SECRET_KEYS").Select(RingSecret.From)]);
    }

    private static void Check(Settings settings, string secret)
    {
        if (_placeholders.Any(word => secret.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            settings.Refuse("SECRET_KEY", "is a placeholder: make one with `openssl rand -base64 48`");
        }
        else if (Encoding.UTF8.GetByteCount(secret) < LeastBytes || secret.Distinct().Count() < LeastDistinctCharacters)
        {
            settings.Refuse("SECRET_KEY", "must be at least 32 random bytes: make one with `openssl rand -base64 48`");
        }

        if (secret.Contains(',', StringComparison.Ordinal))
        {
            settings.Refuse("SECRET_KEY", "must not hold a comma, which separates PREVIOUS_SECRET_KEYS");
        }

        // A leak of one must not be a leak of the other: one signs tokens, the other opens every AniList token.
        if (settings.OptionalSecret("JWT_SECRET_KEY") == secret)
        {
            settings.Refuse("SECRET_KEY", "must differ from JWT_SECRET_KEY");
        }
    }
}
