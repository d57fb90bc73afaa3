using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AnimeSync.AniList.Operations;

/// <summary>
/// A pooled UTF-8 buffer for a canonical text. Beyond its limit it drops what is written and says so, because spreading
/// one fragment many times can make a long text of a short document.
/// </summary>
internal sealed class CanonicalText(int limit = CanonicalText.UsualLimit) : IDisposable
{
    /// <summary>Four times the largest document that clients may send.</summary>
    private const int UsualLimit = 256 * 1024;

    private static readonly SearchValues<char> _escaped = SearchValues.Create([
        '"',
        '\\',
        .. Enumerable.Range(0, ' ').Select(code => (char)code),
    ]);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2048);

    public int Length { get; private set; }

    public bool IsOverlong { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Write(ReadOnlySpan<byte> text)
    {
        if (HasRoom(text.Length))
        {
            text.CopyTo(_bytes.AsSpan(Length));
            Length += text.Length;
        }
    }

    public void Write(ReadOnlySpan<char> text)
    {
        if (HasRoom(Encoding.UTF8.GetMaxByteCount(text.Length)))
        {
            Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        }
    }

    public void Write(int number)
    {
        if (HasRoom("-2147483648".Length))
        {
            number.TryFormat(_bytes.AsSpan(Length), out var written, provider: CultureInfo.InvariantCulture);
            Length += written;
        }
    }

    /// <summary>
    /// A string in quotes, the same for every way of writing its value. False when it holds what is hardly meant as
    /// text: control characters other than tab and line ends, or half a surrogate pair.
    /// </summary>
    public bool TryWriteString(ReadOnlySpan<char> value)
    {
        var isText = true;
        Write("\""u8);
        while (!value.IsEmpty && !IsOverlong)
        {
            var plain = value.IndexOfAny(_escaped);
            isText &= TryWritePlain(plain < 0 ? value : value[..plain]);
            if (plain < 0)
            {
                break;
            }

            isText &= TryWriteEscape(value[plain]);
            value = value[(plain + 1)..];
        }

        Write("\""u8);
        return isText;
    }

    /// <summary>Parts are set apart by one blank, except behind an opening brace.</summary>
    public void Separate()
    {
        if (Length > 0 && _bytes[Length - 1] != '{')
        {
            Write(" "u8);
        }
    }

    public void Rewind(int length) => Length = length;

    public void Dispose()
    {
        // Variables may hold private notes.
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        _bytes = [];
        Length = 0;
    }

    private bool TryWritePlain(ReadOnlySpan<char> text)
    {
        if (!HasRoom(Encoding.UTF8.GetMaxByteCount(text.Length)))
        {
            return true;
        }

        var isText = true;
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, _bytes.AsSpan(Length), out var read, out var written, replaceInvalidSequences: false);
            Length += written;
            text = text[read..];
            if (!text.IsEmpty)
            {
                // Replaced by the usual question mark, two different halves would become one text.
                TryWriteEscape(text[0]);
                text = text[1..];
                isText = false;
            }
        }

        return isText;
    }

    private bool TryWriteEscape(char character)
    {
        var known = "\"\"\\\\\tt\nn\rr".AsSpan();
        for (var i = 0; i < known.Length; i += 2)
        {
            if (known[i] == character)
            {
                Write([(byte)'\\', (byte)known[i + 1]]);
                return true;
            }
        }

        Write("\\u"u8);
        Write(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        return false;
    }

    private bool HasRoom(int count)
    {
        if (IsOverlong || Length + count > limit)
        {
            IsOverlong = true;
            return false;
        }

        if (Length + count > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, _bytes.Length * 2));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }

        return true;
    }
}
