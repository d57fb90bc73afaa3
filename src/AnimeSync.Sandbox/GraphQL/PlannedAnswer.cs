using System.Buffers;
using System.Collections;
using System.Text.Json;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;

namespace AnimeSync.Sandbox.GraphQL;

/// <summary>One request's walk through a plan, writing as it goes. Whatever fails ends it; AniList tells one error only.</summary>
internal sealed class PlannedAnswer(QueryPlan plan, Call call, Variables variables, CancellationToken cancellationToken)
{
    // Values of the objects that are open, innermost last.
    private readonly List<object?> resolved = [];

    public ReadOnlyMemory<byte> Write()
    {
        var body = new ArrayBufferWriter<byte>(1024);
        // Names and values come from the schema and the catalogue, so that there is nothing to validate.
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("data"u8);
            WriteObject(json, plan.Root, plan.Schema.Query, null);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private void WriteObject(Utf8JsonWriter json, SelectionPlan selection, IObjectGraphType type, object? source)
    {
        var fields = selection.Of(type);
        var next = resolved.Count;
        foreach (var field in fields)
        {
            if (field.Special is not null)
            {
                resolved.Add(Resolve(field, source));
            }
        }

        var end = next;
        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Key);
            if (field.Definition is not { } definition)
            {
                json.WriteStringValue(type.Name);
                continue;
            }

            var value = field.Special is null ? field.Member!.Read(source) : resolved[end++];
            // A result that waits for the fields beside it, which have theirs by now.
            while (value is IDataLoaderResult waiting)
            {
                value = waiting.GetResultAsync(cancellationToken).GetAwaiter().GetResult();
            }

            WriteValue(json, field, definition.ResolvedType!, value);
        }

        json.WriteEndObject();
        resolved.RemoveRange(next, end - next);
    }

    private void WriteValue(Utf8JsonWriter json, PlannedField field, IGraphType type, object? value)
    {
        if (type is NonNullGraphType nonNull)
        {
            type = nonNull.ResolvedType!;
            _ = value ?? throw new InvalidOperationException($"{field.ParentType.Name}.{field.Ast.Name} is null.");
        }

        switch (type)
        {
            case var _ when value is null:
                json.WriteNullValue();
                break;
            case ScalarGraphType scalar:
                JsonValues.Write(json, scalar, value);
                break;
            case ListGraphType list:
                json.WriteStartArray();
                foreach (var item in (IEnumerable)value)
                {
                    WriteValue(json, field, list.ResolvedType!, item);
                }

                json.WriteEndArray();
                break;
            case UnionGraphType union:
                WriteObject(json, field.Children!, union.ResolveType!(value)!, value);
                break;
            default:
                WriteObject(json, field.Children!, (IObjectGraphType)type, value);
                break;
        }
    }

    private object? Resolve(PlannedField field, object? source)
    {
        try
        {
            return field.Special!.Resolve(
                new ResolveFieldContext
                {
                    Source = source,
                    Arguments = field.Arguments(variables),
                    UserContext = call,
                    FieldAst = field.Ast,
                    FieldDefinition = field.Definition!,
                    ParentType = field.ParentType,
                    Schema = plan.Schema,
                    Document = plan.Document,
                    Operation = plan.Operation,
                    Variables = variables,
                    CancellationToken = cancellationToken,
                }
            );
        }
        catch (AniListError error) when (error.Locations is not { Count: > 0 })
        {
            error.AddLocation(Location.FromLinearPosition(plan.Document.Source, field.Ast.Location.Start));
            throw;
        }
    }
}
