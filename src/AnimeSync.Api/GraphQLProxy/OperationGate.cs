using AnimeSync.AniList.Operations;
using AnimeSync.Api.GraphQLProxy.Persisted;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>Decides whether a body may go to AniList, and turns it into the bytes that will.</summary>
internal sealed class OperationGate(CheckedOperations seen, PersistedOperations persisted, IHostEnvironment environment)
{
    private readonly bool _allowIntrospection = environment.IsDevelopment();

    /// <summary>What a body that has passed before stands for; without reading it.</summary>
    public CheckedOperation? Find(ReadOnlyMemory<byte> body) => seen.Find(BodyHash.Of(body.Span));

    /// <summary>For a body that <see cref="Find"/> does not know.</summary>
    /// <param name="body">Replaced when it holds `extensions`: they may name the document, and stay here.</param>
    /// <param name="isGet">Only a persisted query passes.</param>
    public GraphQLRefusal? TryPass(ref ReadOnlyMemory<byte> body, out CheckedOperation operation, bool isGet = false)
    {
        operation = null!;
        var refusal = SentOperationReader.TryRead(body.Span, out var sent) ?? persisted.TryResolve(ref sent, isGet);
        if (refusal is not null)
        {
            return refusal;
        }

        if (sent.HasExtensions)
        {
            body = sent.ToBody();
            if (Find(body) is { } same)
            {
                operation = same;
                return null;
            }
        }

        refusal = OperationInspector.TryInspect(sent, _allowIntrospection, out operation);
        if (refusal is null)
        {
            seen.Remember(BodyHash.Of(body.Span), operation);
        }

        return refusal;
    }

    /// <summary>Reads a body that has passed once more, for its parts; null when it cannot be folded with others.</summary>
    public static FoldableOperation? Fold(ReadOnlyMemory<byte> body) =>
        SentOperationReader.TryRead(body.Span, out var sent) is null ? OperationInspector.Fold(sent) : null;
}
