using System.Globalization;
using System.Text;
using System.Text.Json;
using AnimeSync.AniList;
using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Operations;
using AnimeSync.Api.Http;
using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.Api.Anime;

/// <summary>
/// Asks for titles by id, one question each: the gateway folds those that wait into one request and keeps each answer by
/// itself, for everybody.
/// </summary>
internal sealed class AnimeQuestions
{
    private static readonly GraphQLDocument _document = Parser.Parse(
        Documents.Anime,
        new() { Ignore = IgnoreOptions.All }
    );
    private static readonly GraphQLOperationDefinition _operation = _document
        .Definitions.OfType<GraphQLOperationDefinition>()
        .Single();
    private static readonly byte[] _body = Encoding.UTF8.GetBytes(
        $$"""{"query":"{{JsonEncodedText.Encode(Documents.Anime)}}","variables":"""
    );

    // Reading an operation costs a third of answering it from the cache.
    private readonly Generations<int, AniListOperation> _operations = new(perGeneration: 4096);

    public GatewayQuestion For(int id, Guid asker) =>
        new(
            OperationOf(id),
            (byte[])[.. _body, .. Encoding.UTF8.GetBytes(VariablesOf(id)), (byte)'}'],
            () => OperationReader.ReadFoldable(_document, _operation, JsonElement.Parse(VariablesOf(id))),
            asker,
            // Titles are the same for everybody, so they are asked without a token.
            _ => ValueTask.FromResult<string?>(null)
        )
        {
            IsAbsenceEnough = true,
        };

    private AniListOperation OperationOf(int id)
    {
        var operation = _operations.Find(id);
        if (operation is null)
        {
            operation = OperationReader.Read(_document, _operation, JsonElement.Parse(VariablesOf(id)));
            _operations.Remember(id, operation);
        }

        return operation;
    }

    private static string VariablesOf(int id) => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}}}""");
}
