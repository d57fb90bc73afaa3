using System.Text;
using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Auth;

/// <summary>The HS256 secrets: one signs, all verify. RFC 7518 §3.2 asks for at least 256 bits.</summary>
internal sealed record SigningSecrets(byte[] Current, IReadOnlyList<byte[]> Accepted)
{
    private const int LeastBytes = 32;

    public static SigningSecrets Read(Settings settings)
    {
        var current = settings.RequiredSecret("JWT_SECRET_KEY");
        var accepted = settings.SecretList("JWT_ACCEPTED_SECRET_KEYS");
        foreach (
            var (name, value) in accepted
                .Select(value => ("JWT_ACCEPTED_SECRET_KEYS", value))
                .Prepend(("JWT_SECRET_KEY", current))
        )
        {
            if (value.Length > 0 && IsWeak(value))
            {
                settings.Refuse(name, $"must be at least {LeastBytes} bytes of randomness");
            }
        }

        return new(Encoding.UTF8.GetBytes(current), [.. accepted.Select(Encoding.UTF8.GetBytes)]);
    }

    // A repeated pattern such as a placeholder written twice has few different characters.
    private static bool IsWeak(string value) =>
        Encoding.UTF8.GetByteCount(value) < LeastBytes || value.Distinct().Count() < 10;
}
