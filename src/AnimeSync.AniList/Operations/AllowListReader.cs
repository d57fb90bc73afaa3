namespace AnimeSync.AniList.Operations;

/// <summary>Reads an allow-list, in the notation that <see cref="PublicSelections"/> describes.</summary>
internal ref struct AllowListReader(ReadOnlySpan<char> text)
{
    private readonly Dictionary<string, TypeRule> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ArgumentRule>> _groups = new(StringComparer.Ordinal);
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public static IReadOnlyDictionary<string, TypeRule> Read(ReadOnlySpan<char> text) =>
        new AllowListReader(text).Read();

    private Dictionary<string, TypeRule> Read()
    {
        while (!IsAtEnd())
        {
            if (TryTake('&'))
            {
                var group = Word();
                Take(':');
                _groups.Add(group, Arguments('|'));
            }
            else
            {
                ReadType();
            }

            // What follows on the line is the reason.
            var reason = _text[_at..].IndexOf('\n');
            _at = reason < 0 ? _text.Length : _at + reason;
        }

        foreach (var type in _types.Values)
        {
            if (type.Fields.Count == 0)
            {
                throw new FormatException($"Nothing is said of {type.Name}.");
            }
        }

        return _types;
    }

    private void ReadType()
    {
        var type = Type(Word());
        var kind = TryTake(':') ? AnswerKind.Constant : Enum.Parse<AnswerKind>(Word());
        TryTake(':');
        while (!TryTake('|'))
        {
            var name = Word();
            var arguments = TryTake('(') ? Arguments(')') : [];
            arguments.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
            type.Add(new(name, TryTake(':') ? Type(Word()) : null, kind, [.. arguments]));
        }
    }

    private TypeRule Type(string name)
    {
        if (!_types.TryGetValue(name, out var type))
        {
            _types.Add(name, type = new(name));
        }

        return type;
    }

    private List<ArgumentRule> Arguments(char end)
    {
        var arguments = new List<ArgumentRule>();
        while (!TryTake(end))
        {
            if (TryTake('&'))
            {
                arguments.AddRange(_groups[Word()]);
                continue;
            }

            var name = Word();
            Take(':');
            arguments.Add(new(name, InputType()));
        }

        return arguments;
    }

    private InputType InputType()
    {
        if (TryTake('['))
        {
            var item = InputType();
            Take(']');
            return new("", InputKind.List, TryTake('!'), item);
        }

        var name = Word();
        return new(name, Operations.InputType.KindOf(name), TryTake('!'));
    }

    private string Word()
    {
        SkipBlanks();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _at > start
            ? _text[start.._at].ToString()
            : throw new FormatException($"A name is missing at '{_text[_at..Math.Min(_at + 20, _text.Length)]}'.");
    }

    private void Take(char expected)
    {
        if (!TryTake(expected))
        {
            throw new FormatException($"'{expected}' is missing after '{_text[Math.Max(0, _at - 20).._at]}'.");
        }
    }

    private bool TryTake(char expected)
    {
        SkipBlanks();
        var isThere = _at < _text.Length && _text[_at] == expected;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool IsAtEnd()
    {
        SkipBlanks();
        return _at == _text.Length;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }
}
