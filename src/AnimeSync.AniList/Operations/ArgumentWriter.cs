using GraphQLParser.AST;

namespace AnimeSync.AniList.Operations;

/// <summary>Writes arguments sorted and with their values in place, and decides what @include and @skip say.</summary>
internal sealed class ArgumentWriter(OperationVariables variables, CanonicalText text)
{
    /// <summary>Whether every value so far was known and of its type.</summary>
    public bool Fit { get; private set; } = true;

    /// <returns>False when one of them is not listed.</returns>
    public bool TryWrite(GraphQLArguments? given, FieldRule rule)
    {
        // For each argument of the rule, in order of name, which of the given ones it is, counted from one.
        Span<int> places = stackalloc int[rule.Arguments.Length];
        for (var i = 0; i < given?.Count; i++)
        {
            var found = rule.FindArgument(given[i].Name.Value.Span);
            if (found < 0)
            {
                return false;
            }

            Fit &= places[found] == 0;
            places[found] = i + 1;
        }

        var start = text.Length;
        for (var i = 0; i < places.Length; i++)
        {
            Write(
                places[i] == 0 ? null : given?[places[i] - 1].Value,
                rule.Arguments[i],
                isFirst: text.Length == start
            );
        }

        text.Write(text.Length == start ? ""u8 : ")"u8);
        return true;
    }

    /// <returns>False when there is another directive.</returns>
    public bool TryRead(GraphQLDirectives? directives, out bool isSkipped)
    {
        isSkipped = false;
        var (includes, skips) = (0, 0);
        for (var i = 0; i < directives?.Count; i++)
        {
            var directive = directives[i];
            var isInclude = directive.Name.Value.Span is "include";
            if (!isInclude && directive.Name.Value.Span is not "skip")
            {
                return false;
            }

            (includes, skips) = isInclude ? (includes + 1, skips) : (includes, skips + 1);
            isSkipped |= IsTrue(directive.Arguments) != isInclude;
        }

        Fit &= includes < 2 && skips < 2;
        return true;
    }

    private void Write(GraphQLValue? value, ArgumentRule argument, bool isFirst)
    {
        var before = text.Length;
        if (value is not null)
        {
            text.Write(isFirst ? "("u8 : ","u8);
            text.Write(argument.Utf8Name);
            text.Write(":"u8);
            if (TryWriteValue(value, argument.Type))
            {
                return;
            }

            text.Rewind(before);
        }

        Fit &= !argument.Type.IsRequired;
    }

    /// <returns>False when the argument is as good as not given.</returns>
    private bool TryWriteValue(GraphQLValue value, InputType type)
    {
        if (value is not GraphQLVariable variable)
        {
            Fit &= LiteralWriter.TryWrite(text, value, type, declared: null);
            return true;
        }

        var inlined = variables.Write(variable, type, text);
        Fit &= inlined != Inlined.Misfit;
        return inlined != Inlined.Absent;
    }

    private bool IsTrue(GraphQLArguments? condition)
    {
        if (condition is not { Count: 1 } || condition[0].Name.Value.Span is not "if")
        {
            Fit = false;
            return false;
        }

        var start = text.Length;
        // Not `Fit &= …`: that would forget what the call itself has set.
        var isThere = TryWriteValue(condition[0].Value, InputType.Condition);
        Fit &= isThere;
        var isTrue = text.Written[start..].SequenceEqual("true"u8);
        text.Rewind(start);
        return isTrue;
    }
}
