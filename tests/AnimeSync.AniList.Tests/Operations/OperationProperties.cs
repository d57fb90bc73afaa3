using System.Text.Json;
using CsCheck;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace AnimeSync.AniList.Tests.Operations;

public sealed class OperationProperties
{
    private static readonly Gen<PublicQuery> _queries = PublicQueries.Anywhere.Queries;
    private static readonly Gen<PublicQuery> _plainWords = new PublicQueries([1], [2], [3], [4], ["bebop"]).Queries;
    private static readonly Gen<byte[]> _choices = Gen.Byte.Array[0, 200];

    [Fact]
    public void All_spellings_of_a_public_question_have_one_key() =>
        Gen.Select(_queries, _choices)
            .Sample(
                (query, choices) =>
                {
                    var plain = Asking.Read(query.ToString());
                    var (text, variables) = Respelling.Of(query, new(choices));

                    Assert.True(plain.IsPublic);
                    Assert.Equal(plain, Asking.Read(text, variables));
                }
            );

    [Fact]
    public void Different_questions_have_different_keys_however_they_are_spelled() =>
        Gen.Select(_queries, _choices, _choices)
            .Where((query, change, _) => Change.Of(query, new(change)).ToString() != query.ToString())
            .Sample(
                (query, change, choices) =>
                {
                    var (text, variables) = Respelling.Of(Change.Of(query, new(change)), new(choices));
                    var changed = Asking.Read(text, variables);

                    Assert.True(changed.IsPublic);
                    Assert.NotEqual(Asking.Read(query.ToString()).Key, changed.Key);
                }
            );

    [Fact]
    public void One_field_of_the_callers_anywhere_makes_it_the_callers() =>
        Gen.Select(_queries, _choices, _choices)
            .Sample(
                (query, place, choices) =>
                {
                    var (text, variables) = Respelling.Of(Change.WithFieldOfTheCaller(query, new(place)), new(choices));

                    Assert.False(Asking.Read(text, variables).IsPublic);
                    Assert.Null(Asking.Fold(text, variables));
                }
            );

    [Fact]
    public void Folded_fields_ask_the_same_and_need_nothing_beside_them() =>
        Gen.Select(_queries, _choices)
            .Sample(
                (query, choices) =>
                {
                    var (text, variables) = Respelling.Of(query, new(choices));
                    var folded = Asking.Fold(text, variables);

                    Assert.NotNull(folded);
                    Assert.Equal(query.Complexity, folded.Complexity);
                    Assert.Equal(
                        query.Fields.Select(field => field.Complexity),
                        folded.Fields.Select(one => one.Complexity)
                    );
                    var again = string.Join('\n', folded.Fields.Select(one => $"{one.ResponseName}:{one.Text}"));
                    Assert.Equal(Asking.Read(text, variables).Key, Asking.Read($"{{{again}}}").Key);
                    foreach (var field in folded.Fields.Where(one => one.MediaId is not null))
                    {
                        Assert.Equal($"Media(id:{field.MediaId}){field.Selection}", field.Text);
                    }
                }
            );

    [Fact]
    public void A_callers_question_has_one_key_however_it_is_laid_out() =>
        Gen.Select(_plainWords, _choices, _choices)
            .Sample(
                (query, place, blanks) =>
                {
                    var text = Change.WithFieldOfTheCaller(query, new(place)).ToString();
                    var choices = new Choices(blanks);
                    var laidOut = text.Replace("{", choices.Of(["{", " {\n", ",{ # }\n"]))
                        .Replace("(", choices.Of(["(", " ( ", "(\n,"]))
                        .Replace("}", choices.Of(["}", "\t} "]));

                    Assert.Equal(Asking.Read(text), Asking.Read("query Asked " + laidOut));
                }
            );

    [Fact]
    public void Any_public_text_with_one_character_changed_is_judged_and_never_an_exception() =>
        Gen.Select(_queries, _choices, Gen.Int[0, 10_000], Gen.Char)
            .Sample(
                (query, choices, at, character) =>
                {
                    var (text, variables) = Respelling.Of(query, new(choices));
                    var changed = text.ToCharArray();
                    changed[at % changed.Length] = character;
                    if (TryParse(new string(changed)) is { } document)
                    {
                        Judge(document, variables);
                    }
                }
            );

    /// <summary>What cannot be read does not come as far as being judged.</summary>
    private static GraphQLDocument? TryParse(string text)
    {
        try
        {
            return Asking.Parse(text);
        }
        catch (Exception exception) when (exception is GraphQLParserException or IndexOutOfRangeException)
        {
            // IndexOutOfRangeException: the parser's own, while it words an error behind a carriage return.
            return null;
        }
    }

    private static void Judge(GraphQLDocument document, JsonElement? variables)
    {
        try
        {
            Asking.Fold(document, variables);
            Asking.Read(document, variables);
        }
        catch (InsufficientExecutionStackException)
        {
            // The changed character may be in a fragment's name, and lead it back to itself.
        }
    }
}
