using System.Reflection;
using AnimeSync.AniList.Lists;
using GraphQL;
using GraphQL.Conversion;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace AnimeSync.AniList.Tests;

/// <summary>AniList's real schema is the judge of what we ask it.</summary>
[Trait("Needs", "anilist-facts")]
public sealed class DocumentsTests
{
    private static readonly Lazy<Schema> _schema = new(ReadSchema);

    public static TheoryData<string> Names =>
        [.. typeof(Documents).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_document_of_ours_is_valid_against_AniLists_schema(string name)
    {
        var text = (string)typeof(Documents).GetField(name)!.GetValue(null)!;

        Assert.Empty(await ErrorsOfAsync(text));
    }

    [Fact]
    public async Task What_is_asked_about_lists_is_valid_too()
    {
        string[] fixedTexts =
        [
            ListDocuments.Chunk,
            ListDocuments.ChangesOfMany,
            ListDocuments.ChangesOfOne,
            ListDocuments.Options,
            ListDocuments.Favourites,
            ListDocuments.Delete,
            ListDocuments.ToggleFavourite,
        ];
        var whole = new EntrySave(1)
        {
            Status = MediaListStatus.Current,
            ScoreRaw = 1,
            Progress = 1,
            Repeat = 1,
            Priority = 1,
            Private = true,
            Notes = "",
            HiddenFromStatusLists = true,
            CustomLists = [],
            StartedAt = new(null),
            CompletedAt = new(null),
        };
        var saves = SaveDocument.TextOf([whole, whole with { EntryId = 1 }]);
        var search = EntryQuestion.TextOf([new(1, [1]), new(2, [2])]);

        foreach (var text in (string[])[.. fixedTexts, saves, search, ChangesOfEach.TextOf(2)])
        {
            Assert.Empty(await ErrorsOfAsync(text));
        }
    }

    [Fact]
    public async Task A_misspelt_field_would_be_noticed()
    {
        Assert.NotEmpty(await ErrorsOfAsync("{ Viewer { id nmae } }"));
    }

    private static async Task<IEnumerable<string>> ErrorsOfAsync(string text)
    {
        var document = Parser.Parse(text);
        var result = await new DocumentValidator().ValidateAsync(
            new ValidationOptions
            {
                Schema = _schema.Value,
                Document = document,
                Variables = Inputs.Empty,
                Operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single(),
                CancellationToken = TestContext.Current.CancellationToken,
            }
        );
        return result.Errors.Select(error => error.Message);
    }

    private static Schema ReadSchema()
    {
        var folder = Environment.GetEnvironmentVariable("ANILIST_FACTS_DIR")!;
        var text = File.ReadAllText(Path.Combine(folder, "schema.graphql"));

        // The file declares what every GraphQL server has anyway, which the schema builder takes for a contradiction.
        var document = Parser.Parse(text);
        document.Definitions.RemoveAll(IsBuiltIn);

        var unions = document.Definitions.OfType<GraphQLUnionTypeDefinition>().Select(union => union.Name.StringValue);
        var schema = Schema.For(
            new SDLPrinter().Print(document),
            builder =>
            {
                foreach (var union in unions)
                {
                    // Nothing is executed here, but a schema without this does not come up.
                    builder.Types.For(union).ResolveType = _ => null!;
                }
            }
        );
        schema.RegisterTypes(new AnyScalar("Json"), new AnyScalar("CountryCode"), new AnyScalar("FuzzyDateInt"));
        schema.NameConverter = DefaultNameConverter.Instance;
        schema.Initialize();
        return schema;
    }

    private static bool IsBuiltIn(ASTNode definition) =>
        definition
            is GraphQLDirectiveDefinition
                or GraphQLScalarTypeDefinition { Name.StringValue: "Int" or "Float" or "String" or "Boolean" or "ID" }
        || definition is GraphQLTypeDefinition type && type.Name.StringValue.StartsWith("__", StringComparison.Ordinal);

    private sealed class AnyScalar : ScalarGraphType
    {
        public AnyScalar(string name) => Name = name;

        public override object? ParseValue(object? value) => value;
    }
}
