using AnimeSync.Api.Http;

namespace AnimeSync.Api.GraphQLProxy.Persisted;

/// <summary>The operator's list of documents, by the SHA-256 of their text. No client can add to it.</summary>
internal sealed class PersistedOperations(PersistedOptions options)
{
    // The word that GraphQL clients look for: they send the document itself then.
    private static readonly GraphQLRefusal _notFound = GraphQLRefusal.Rejected("PersistedQueryNotFound");

    private static readonly GraphQLRefusal _notByGet = new(
        Problems.MethodNotAllowed,
        PersistedRequest.Meant,
        Allow: HttpMethods.Post
    );

    /// <param name="sent">Gets the document that its hash names.</param>
    /// <param name="isGet">A GET can be made by a link and repeated by anything on its way, so it may only read.</param>
    public GraphQLRefusal? TryResolve(ref SentOperation sent, bool isGet)
    {
        if (isGet && sent.PersistedHash is null)
        {
            return _notByGet;
        }

        if (sent.Query.Length == 0 && sent.PersistedHash is { } hash)
        {
            if (!options.Operations.TryGetValue(hash, out var operation))
            {
                return _notFound;
            }

            sent = sent with { Query = operation.Query };
            return isGet && operation.Changes ? _notByGet : null;
        }

        return RefuseText(sent);
    }

    private GraphQLRefusal? RefuseText(SentOperation sent)
    {
        if (string.IsNullOrWhiteSpace(sent.Query))
        {
            return GraphQLRefusal.Malformed("The member query is required.");
        }

        if (!options.IsStrict && sent.PersistedHash is null)
        {
            return null;
        }

        var own = PersistedOperation.HashOf(sent.Query);
        if (sent.PersistedHash is { } claimed && claimed != own)
        {
            return GraphQLRefusal.Rejected("The hash is not that of the query.");
        }

        return options.IsStrict && !options.Operations.ContainsKey(own)
            ? GraphQLRefusal.NotAllowed("Only the operations that this service lists can be sent.")
            : null;
    }
}
