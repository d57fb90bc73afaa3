using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Opens what <see cref="RingEncryptor"/> closed, under the secret that the element names.</summary>
/// <remarks>DataProtection makes it by its name in the ring row, with the service provider as the one argument.</remarks>
internal sealed class RingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyRingOptions _options = services.GetRequiredService<KeyRingOptions>();
    private readonly ApplicationName _application = services.GetRequiredService<ApplicationName>();

    public XElement Decrypt(XElement encryptedElement)
    {
        var id = encryptedElement.Attribute(RingEncryptor.SecretId)?.Value ?? string.Empty;
        var secret =
            _options.Find(id)
            ?? throw new CryptographicException("Neither SECRET_KEY nor PREVIOUS_SECRET_KEYS closed this ring key.");
        var payload = Decode(encryptedElement.Value);
        var head = RingEncryptor.NonceBytes + RingEncryptor.TagBytes;
        if (payload.Length < head)
        {
            throw new CryptographicException("This ring key is cut short.");
        }

        var plain = new byte[payload.Length - head];
        using var aes = new AesGcm(secret.Key, RingEncryptor.TagBytes);
        aes.Decrypt(
            payload.AsSpan(0, RingEncryptor.NonceBytes),
            payload.AsSpan(head),
            payload.AsSpan(RingEncryptor.NonceBytes, RingEncryptor.TagBytes),
            plain,
            _application.Bytes
        );
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private static byte[] Decode(string text)
    {
        var payload = new byte[text.Length];
        return Convert.TryFromBase64String(text, payload, out var length)
            ? payload[..length]
            : throw new CryptographicException("This ring key is not base64.");
    }
}
