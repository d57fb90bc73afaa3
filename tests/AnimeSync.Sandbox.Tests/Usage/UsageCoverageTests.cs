using System.Text.Json;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.Tests.Usage;

/// <summary>Everything that public clients ask AniList for is asked of the sandbox, row by row.</summary>
[Trait("Needs", "anilist-facts")]
public sealed class UsageCoverageTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    // A row that so many clients use must get a real answer; a rarer one must be accepted.
    private const int Common = 3;

    private const string Wanted = "wanted";

    private readonly UsageSchema schema = new();
    private readonly UsageTables tables = new();
    private readonly UsageSession session = new(sandbox);

    [Fact]
    public async Task Every_field_and_argument_that_clients_use_is_answered_and_the_common_ones_really()
    {
        var rows = UsageRow.ReadAll();
        var unanswered = UsageTables.Reasons("unanswered.txt");
        List<string> refused = [];
        List<string> unreal = [];
        foreach (var row in rows)
        {
            var (isAccepted, isReal, refusal) = row.Argument is null ? await SelectAsync(row) : await PassAsync(row);
            if (!isAccepted)
            {
                refused.Add($"{row.Coordinate}: {refusal}");
            }

            if (!isReal)
            {
                unreal.Add(row.Coordinate);
            }
        }

        var common = rows.Where(row => row.Clients >= Common).Select(row => row.Coordinate).ToHashSet();
        Console.WriteLine(
            $"counted: {rows.Count - refused.Count} of {rows.Count} rows are accepted, {common.Except(unreal).Count()} of {common.Count} common ones answered really."
        );
        Assert.Equal(1213, rows.Count);
        AssertNone(refused);
        AssertNone(unreal.Where(common.Contains).Except(unanswered.Keys));
        // A reason that no longer holds has to go.
        AssertNone(unanswered.Keys.Except(unreal));
    }

    /// <summary>Real is a value that is neither null nor an empty list, in at least one of the objects reached.</summary>
    private async Task<(bool IsAccepted, bool IsReal, string? Refusal)> SelectAsync(UsageRow row)
    {
        string? lastRefusal = null;
        var isAccepted = false;
        foreach (var reach in tables.To(row))
        {
            var (data, refusal) = await session.SendAsync(reach.Into(Field(row, null)));
            lastRefusal = refusal ?? lastRefusal;
            isAccepted |= refusal is null;
            if (data is { } found && Find(found).Any(IsSomething))
            {
                return (true, true, null);
            }
        }

        return (isAccepted, false, lastRefusal);
    }

    /// <summary>An argument works when two values of it, or one and none, get different answers.</summary>
    private async Task<(bool IsAccepted, bool IsReal, string? Refusal)> PassAsync(UsageRow row)
    {
        string? lastRefusal = null;
        var isAccepted = false;
        foreach (var reach in tables.To(row))
        {
            var answers = new HashSet<string>();
            var hasAnswer = false;
            foreach (var value in Values(row))
            {
                var (data, refusal) = await session.SendAsync(reach.Into(Field(row, value)));
                lastRefusal = refusal ?? lastRefusal;
                isAccepted |= refusal is null && value is not null;
                hasAnswer |= data is not null && value is not null;
                answers.Add(data is { } found ? string.Join('\n', Find(found)) : "refused");
            }

            if (hasAnswer && answers.Count > 1)
            {
                return (true, true, null);
            }
        }

        return (isAccepted, false, lastRefusal);
    }

    private string Field(UsageRow row, string? value)
    {
        var call = tables.Call(row.Type, row.Field);
        var arguments = call
            .Arguments.Where(argument => argument.Name != row.Argument)
            .Append((Name: row.Argument ?? "", Value: value ?? ""))
            .Where(argument => argument.Value.Length > 0)
            .Select(argument => $"{argument.Name}: {argument.Value}")
            .ToList();
        if (row.Argument == "page" && schema.HasArgument(row.Type, row.Field, "perPage"))
        {
            arguments.Add("perPage: 1");
        }

        var type = UsageSchema.Named(schema.FieldOf(row.Type, row.Field).Type);
        var selection = !schema.IsComposite(type) ? "" : $" {{ {call.Selection ?? Inside(row, type)} }}";
        return $"{Wanted}: {row.Field}{(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "")}{selection}";
    }

    private string Inside(UsageRow row, string type) => row.Argument is null ? "__typename" : schema.Identity(type);

    private IEnumerable<string?> Values(UsageRow row)
    {
        var known = tables.Values(row);
        return known is not null
            ? known.Select(value => value == "-" ? null : value)
            : Guess(schema.TypeOfArgument(row.Type, row.Field, row.Argument!)).Append(null);
    }

    private IEnumerable<string> Guess(GraphQLType type) =>
        type switch
        {
            GraphQLNonNullType required => Guess(required.Type),
            GraphQLListType list => Guess(list.Type).Select(value => $"[{value}]"),
            _ => UsageSchema.Named(type) switch
            {
                "Boolean" => ["true", "false"],
                "Int" or "Float" => ["1", "24", "2000"],
                "String" => ["\"Action\"", "\"zzz\""],
                "FuzzyDateInt" => ["20050000", "20200000"],
                "CountryCode" => ["\"JP\"", "\"KR\""],
                var name => schema.ValuesOf(name).Take(3),
            },
        };

    private static void AssertNone(IEnumerable<string> coordinates)
    {
        var all = string.Join('\n', coordinates);
        Assert.True(all.Length == 0, all);
    }

    private static IEnumerable<JsonElement> Find(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Find),
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => member.NameEquals(Wanted) ? [member.Value] : Find(member.Value)),
            _ => [],
        };

    private static bool IsSomething(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.Array => value.EnumerateArray().Any(IsSomething),
            _ => true,
        };
}
