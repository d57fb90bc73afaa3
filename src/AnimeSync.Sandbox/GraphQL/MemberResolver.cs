using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>Reads the member of the field's name, which needs to know nothing of the request.</summary>
internal sealed class MemberResolver(FieldType field) : IFieldResolver
{
    private readonly string name = field.Name;

    // Recorded answers hold what a client asked for; a flag or a number it did not ask for is false or zero, where null is not allowed.
    private readonly object? missing = (field.ResolvedType as NonNullGraphType)?.ResolvedType?.Name switch
    {
        "Boolean" => false,
        "Int" => 0,
        "Float" => 0.0,
        "String" => "",
        _ => null,
    };

    public object? Read(object? source) =>
        source is Facts facts && facts.TryGetValue(name, out var value) && value is not null ? value : missing;

    public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(Read(context.Source));
}
