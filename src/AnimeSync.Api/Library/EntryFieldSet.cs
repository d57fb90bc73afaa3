using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AnimeSync.Api.Library;

/// <summary>Some fields of an entry, each at most once, in the order of <see cref="EntryField"/>.</summary>
[CollectionBuilder(typeof(EntryFieldSet), nameof(Of))]
internal readonly record struct EntryFieldSet : IReadOnlyCollection<EntryField>
{
    private readonly uint _bits;

    private EntryFieldSet(uint bits) => _bits = bits;

    public static EntryFieldSet None => default;

    public static EntryFieldSet All { get; } = [.. Enum.GetValues<EntryField>()];

    public int Count => BitOperations.PopCount(_bits);

    public bool IsEmpty => _bits == 0;

    public static EntryFieldSet Of(ReadOnlySpan<EntryField> fields)
    {
        var bits = 0u;
        foreach (var field in fields)
        {
            bits |= 1u << (int)field;
        }

        return new(bits);
    }

    public bool Contains(EntryField field) => (_bits & (1u << (int)field)) != 0;

    public EntryFieldSet With(EntryField field) => new(_bits | (1u << (int)field));

    public EntryFieldSet Union(EntryFieldSet other) => new(_bits | other._bits);

    public EntryFieldSet Except(EntryFieldSet other) => new(_bits & ~other._bits);

    public override string ToString() => string.Join(", ", this.Select(field => field.WireName()));

    public IEnumerator<EntryField> GetEnumerator()
    {
        for (var left = _bits; left != 0; left &= left - 1)
        {
            yield return (EntryField)BitOperations.TrailingZeroCount(left);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
