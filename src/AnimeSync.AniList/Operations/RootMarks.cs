using System.Buffers.Text;
using System.Text;

namespace AnimeSync.AniList.Operations;

/// <summary>Where each root field stands in a canonical text.</summary>
internal sealed class RootMarks
{
    private readonly List<RootMark> _marks = [];

    public int Count => _marks.Count;

    public void Add(RootMark mark) => _marks.Add(mark);

    public void Rewind(int count) => _marks.RemoveRange(count, _marks.Count - count);

    /// <summary>Two root fields that answer under one name may be one field, or a mistake.</summary>
    public bool HasTwins(CanonicalText text)
    {
        for (var i = 1; i < _marks.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (_marks[i].NameIn(text.Written).SequenceEqual(_marks[j].NameIn(text.Written)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public RootField[] FieldsOf(CanonicalText text) => _marks.ConvertAll(mark => mark.FieldIn(text.Written)).ToArray();
}

/// <param name="Start">Of the response name, which is the field's name where there is no alias.</param>
/// <param name="Field">Where the field begins, without its alias.</param>
/// <param name="Selection">Where its arguments end.</param>
internal readonly record struct RootMark(int Start, int NameLength, int Field, int Selection, int End, int Complexity)
{
    public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> text) => text.Slice(Start, NameLength);

    public RootField FieldIn(ReadOnlySpan<byte> text)
    {
        var mediaId = MediaIdOf(text[Field..Selection]);
        return new(
            Encoding.UTF8.GetString(NameIn(text)),
            Encoding.UTF8.GetString(text[Field..End]),
            Complexity,
            mediaId,
            mediaId is null ? null : Encoding.UTF8.GetString(text[Selection..End])
        );
    }

    private static int? MediaIdOf(ReadOnlySpan<byte> field)
    {
        var before = "Media(id:"u8;
        return
            field.StartsWith(before)
            && Utf8Parser.TryParse(field[before.Length..], out int id, out var length)
            && field[(before.Length + length)..].SequenceEqual(")"u8)
            ? id
            : null;
    }
}
