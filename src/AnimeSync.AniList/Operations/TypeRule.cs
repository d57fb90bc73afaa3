using System.Text;

namespace AnimeSync.AniList.Operations;

/// <summary>What may be selected of one of AniList's object types.</summary>
internal sealed class TypeRule(string name)
{
    private readonly Dictionary<string, FieldRule> _fields = new(StringComparer.Ordinal);

    public string Name => name;

    public IReadOnlyCollection<FieldRule> Fields => _fields.Values;

    public void Add(FieldRule field) => _fields.Add(field.Name, field);

    public FieldRule? Find(ReadOnlySpan<char> field) =>
        _fields.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out var found) ? found : null;
}

/// <summary>A field that may be selected, with those of its arguments that may be given.</summary>
/// <param name="type">What is selected of it in turn; null for a leaf.</param>
/// <param name="arguments">Sorted by name.</param>
internal sealed class FieldRule(string name, TypeRule? type, AnswerKind kind, ArgumentRule[] arguments)
{
    /// <summary>Tells nothing but the type's name, and every type has it.</summary>
    public static readonly FieldRule TypeName = new("__typename", null, AnswerKind.Constant, []);

    public string Name => name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    public TypeRule? Type => type;

    public AnswerKind Kind => kind;

    public ReadOnlySpan<ArgumentRule> Arguments => arguments;

    public int FindArgument(ReadOnlySpan<char> argument)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (argument.SequenceEqual(arguments[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}

internal sealed record ArgumentRule(string Name, InputType Type)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);
}
