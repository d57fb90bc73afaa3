using GraphQL;
using GraphQL.Execution;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>The arguments a caller really passed, which partial updates and filters depend on.</summary>
internal static class GivenArguments
{
    public static bool IsGiven(this IResolveFieldContext context, string name) =>
        context.Arguments is { } arguments
        && arguments.TryGetValue(name, out var argument)
        && argument.Source != ArgumentSource.FieldDefault;

    public static T? Given<T>(this IResolveFieldContext context, string name) =>
        context.IsGiven(name) && context.Arguments![name].Value is T value ? value : default;

    public static int? GivenInt(this IResolveFieldContext context, string name) =>
        context.IsGiven(name) ? context.Arguments![name].Value as int? : null;

    public static IReadOnlyList<string> GivenNames(this IResolveFieldContext context, string name) =>
        context.Given<IEnumerable<object?>>(name)?.OfType<string>().ToList() ?? [];

    /// <summary>Everything passed with a value; an explicit null filters nothing.</summary>
    public static IEnumerable<(string Name, object Value)> AllGiven(this IResolveFieldContext context) =>
        from argument in context.Arguments ?? new Dictionary<string, ArgumentValue>()
        where argument.Value.Source != ArgumentSource.FieldDefault && argument.Value.Value is not null
        select (argument.Key, argument.Value.Value!);

    /// <summary>Everything passed, an explicit null included; a variable that was not sent is not passed.</summary>
    public static IReadOnlyDictionary<string, object?> Passed(this IResolveFieldContext context) =>
        (context.Arguments ?? new Dictionary<string, ArgumentValue>())
            .Where(argument => argument.Value.Source != ArgumentSource.FieldDefault)
            .ToDictionary(argument => argument.Key, argument => argument.Value.Value);
}
