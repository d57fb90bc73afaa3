using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AnimeSync.Api.Library;

/// <summary>The last entry of a page, as text that only this service reads.</summary>
/// <param name="Order">The order that the page was in.</param>
/// <param name="Key">What the entry was sorted by.</param>
internal sealed record EntryCursor(string Order, string Key, int MediaId)
{
    private const char Separator = '\n';

    public static EntryCursor Of<TKey>(string order, TKey key, int mediaId) =>
        new(
            order,
            key is DateTimeOffset time
                ? time.UtcTicks.ToString(CultureInfo.InvariantCulture)
                : Convert.ToString(key, CultureInfo.InvariantCulture)!,
            mediaId
        );

    public static EntryCursor? Parse(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator, 3);
        return
            parts is [var order, var id, var key]
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var mediaId)
            && !key.Contains('\0', StringComparison.Ordinal)
            ? new(order, key, mediaId)
            : null;
    }

    public bool TryRead<TKey>(out TKey key)
    {
        object? read =
            typeof(TKey) == typeof(string) ? Key
            : !long.TryParse(Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? null
            : typeof(TKey) == typeof(int) && number is >= int.MinValue and <= int.MaxValue ? (int)number
            : typeof(TKey) == typeof(DateTimeOffset)
            && number >= DateTimeOffset.UnixEpoch.UtcTicks
            && number <= DateTimeOffset.MaxValue.UtcTicks
                ? new DateTimeOffset(number, TimeSpan.Zero)
            : null;
        key = read is TKey found ? found : default!;
        return read is not null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Order}{Separator}{MediaId}{Separator}{Key}")
            )
        );
}
