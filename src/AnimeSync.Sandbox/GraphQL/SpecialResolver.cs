using GraphQL;
using GraphQL.Resolvers;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>A field of the resolvers' table: it needs the request, and answers at once.</summary>
internal sealed class SpecialResolver(Func<IResolveFieldContext, object?> resolve) : IFieldResolver
{
    public object? Resolve(IResolveFieldContext context) => resolve(context);

    public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(resolve(context));
}
