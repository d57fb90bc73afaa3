using System.Text.Json;
using GraphQLParser;
using GraphQLParser.AST;

namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>Compares the sandbox's schema, member by member, with what a server's introspection tells of its own.</summary>
internal static class SchemaDifference
{
    public const string Introspection = """
        { __schema { types { name fields(includeDeprecated: true) { name type { ...t } args { name type { ...t } } }
          inputFields { name type { ...t } } enumValues(includeDeprecated: true) { name } possibleTypes { name } } } }
        fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
        """;

    public static IEnumerable<string> Find(JsonElement schema)
    {
        var theirs = schema
            .GetProperty("types")
            .EnumerateArray()
            .ToDictionary(type => type.GetProperty("name").GetString()!, MembersOf);
        foreach (var (type, ours) in OwnMembers())
        {
            if (!theirs.TryGetValue(type, out var known))
            {
                yield return $"there is no {type}";
                continue;
            }

            foreach (var (member, written) in ours)
            {
                if (!known.TryGetValue(member, out var found))
                {
                    yield return $"{type} has no {member}";
                }
                else if (found != written)
                {
                    yield return $"{type}.{member} is {found}, not {written}";
                }
            }
        }
    }

    // By type, its fields, arguments as field(argument), values and members, with their types as they are written.
    private static IEnumerable<(string Type, Dictionary<string, string> Members)> OwnMembers()
    {
        using var reader = new StreamReader(
            typeof(SchemaDifference).Assembly.GetManifestResourceStream("schema.graphqls")!
        );
        var document = Parser.Parse(reader.ReadToEnd());
        foreach (var definition in document.Definitions.OfType<GraphQLTypeDefinition>())
        {
            var members = new Dictionary<string, string>();
            foreach (var field in (definition as GraphQLObjectTypeDefinition)?.Fields?.Items ?? [])
            {
                members[field.Name.StringValue] = Written(field.Type);
                foreach (var argument in field.Arguments?.Items ?? [])
                {
                    members[$"{field.Name.StringValue}({argument.Name.StringValue})"] = Written(argument.Type);
                }
            }

            foreach (var field in (definition as GraphQLInputObjectTypeDefinition)?.Fields?.Items ?? [])
            {
                members[field.Name.StringValue] = Written(field.Type);
            }

            foreach (var value in (definition as GraphQLEnumTypeDefinition)?.Values?.Items ?? [])
            {
                members[value.Name.StringValue] = string.Empty;
            }

            foreach (var member in (definition as GraphQLUnionTypeDefinition)?.Types?.Items ?? [])
            {
                members[member.Name.StringValue] = string.Empty;
            }

            yield return (definition.Name.StringValue, members);
        }
    }

    private static Dictionary<string, string> MembersOf(JsonElement type)
    {
        var members = new Dictionary<string, string>();
        foreach (var field in List(type, "fields").Concat(List(type, "inputFields")))
        {
            members[Name(field)] = Written(field.GetProperty("type"));
            foreach (var argument in List(field, "args"))
            {
                members[$"{Name(field)}({Name(argument)})"] = Written(argument.GetProperty("type"));
            }
        }

        foreach (var member in List(type, "enumValues").Concat(List(type, "possibleTypes")))
        {
            members[Name(member)] = string.Empty;
        }

        return members;
    }

    private static List<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    private static string Name(JsonElement element) => element.GetProperty("name").GetString()!;

    private static string Written(JsonElement type) =>
        type.GetProperty("kind").GetString() switch
        {
            "NON_NULL" => $"{Written(type.GetProperty("ofType"))}!",
            "LIST" => $"[{Written(type.GetProperty("ofType"))}]",
            _ => Name(type),
        };

    private static string Written(GraphQLType type) =>
        type switch
        {
            GraphQLNonNullType required => $"{Written(required.Type)}!",
            GraphQLListType list => $"[{Written(list.Type)}]",
            _ => ((GraphQLNamedType)type).Name.StringValue,
        };
}
