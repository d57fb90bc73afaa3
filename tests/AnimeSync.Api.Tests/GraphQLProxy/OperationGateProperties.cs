using System.Globalization;
using System.Text;
using CsCheck;

namespace AnimeSync.Api.Tests.GraphQLProxy;

public sealed class OperationGateProperties
{
    private static readonly string[] _tokens =
    [
        .. "{ } ( ) ... @ a 1 - $ : query on # [ ] ! fragment mutation & | = 1e999".Split(' '),
        "\\\"",
        "\\\"\\\"\\\"",
        "\\n",
        "\\uD83D\\uDE00",
    ];
    private static readonly Gen<byte[]> _choices = Gen.Byte.Array[0, 80];

    [Fact]
    public void The_cost_is_the_number_of_fields_with_every_fragment_written_out() =>
        _choices.Sample(choices =>
        {
            var (text, cost) = new RandomDocument(choices).Build();
            var body = OperationGateTests.Body(text);

            var refusal = OperationGateTests.NewGate().TryPass(ref body, out var operation);

            return cost > 500 ? refusal is not null : refusal is null && operation.Cost == cost;
        });

    [Fact]
    public void A_mutated_document_is_judged_and_never_an_exception() =>
        Gen.Select(_choices, Gen.Int[0, 10_000], Gen.Char)
            .Sample(
                (choices, at, character) =>
                {
                    var text = new StringBuilder(new RandomDocument(choices).Build().Text);
                    text[at % text.Length] = character;
                    Judge(Encoding.UTF8.GetBytes($"{{\"query\":\"{text}\"}}"));
                }
            );

    [Fact]
    public void Random_text_as_a_query_is_judged_and_never_an_exception() =>
        Gen.Int[0, _tokens.Length - 1]
            .Array[0, 60]
            .Sample(picks =>
                Judge(
                    Encoding.UTF8.GetBytes($"{{\"query\":\"{string.Join(' ', picks.Select(pick => _tokens[pick]))}\"}}")
                )
            );

    [Fact]
    public void Random_bytes_are_judged_and_never_an_exception() => Gen.Byte.Array[0, 300].Sample(Judge);

    private static void Judge(byte[] bytes)
    {
        ReadOnlyMemory<byte> body = bytes;
        OperationGateTests.NewGate().TryPass(ref body, out _);
    }

    /// <summary>A valid document, and what it costs counted the slow way: by writing every fragment out.</summary>
    private sealed class RandomDocument(byte[] choices)
    {
        private const int Fragments = 4;
        private readonly List<int> _costs = [];
        private int _next;

        public (string Text, int Cost) Build()
        {
            var text = new StringBuilder();
            // Last one first: a fragment may spread later ones only, so there are no cycles.
            for (var i = Fragments - 1; i >= 0; i--)
            {
                var (selections, cost) = Selections(0, i + 1);
                text.Append(CultureInfo.InvariantCulture, $"fragment F{i} on T{{{selections}}} ");
                _costs.Insert(0, cost);
            }

            // Every fragment is used, or the document would be refused for that.
            var (own, total) = Selections(0, 0);
            var all = string.Concat(Enumerable.Range(0, Fragments).Select(i => $"...F{i} "));
            return (text.Append(CultureInfo.InvariantCulture, $"{{{own}{all}}}").ToString(), total + _costs.Sum());
        }

        private (string Text, int Cost) Selections(int depth, int firstFragment)
        {
            var text = new StringBuilder("id ");
            var cost = 1;
            for (var more = Choose(4); more > 0; more--)
            {
                var kind = Choose(4);
                if (kind == 0 && firstFragment < Fragments)
                {
                    var fragment = firstFragment + Choose(Fragments - firstFragment);
                    text.Append(CultureInfo.InvariantCulture, $"...F{fragment} ");
                    cost += _costs[fragment - firstFragment];
                }
                else if (kind == 1 && depth < 2)
                {
                    var (inner, innerCost) = Selections(depth + 1, firstFragment);
                    text.Append(CultureInfo.InvariantCulture, $"... on T @include(if:true){{{inner}}} ");
                    cost += innerCost;
                }
                else if (kind == 2 && depth < 2)
                {
                    var (inner, innerCost) = Selections(depth + 1, firstFragment);
                    text.Append(CultureInfo.InvariantCulture, $"a:field(x:[1,$v],y:{{z:1.5}}){{{inner}}} ");
                    cost += 1 + innerCost;
                }
                else
                {
                    text.Append("leaf ");
                    cost++;
                }
            }

            return (text.ToString(), cost);
        }

        private int Choose(int most) => _next < choices.Length ? choices[_next++] % most : 0;
    }
}
