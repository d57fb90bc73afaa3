using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AnimeSync.AniList.Gateway;

/// <summary>Splits the answer to a folded document into what each ticket would have got by itself, byte for byte.</summary>
internal static class FoldedAnswer
{
    /// <returns>A body for each ticket that is answered; a ticket without one must be asked again, alone.</returns>
    /// <param name="absent">Those whose page came whole and without them.</param>
    public static Dictionary<Ticket, byte[]> Split(Batch batch, ReadOnlyMemory<byte> body, out HashSet<Ticket> absent)
    {
        absent = [];
        var answers = new Dictionary<Ticket, byte[]>();
        var fields = FieldsOfData(body.Span);
        for (var i = 0; i < batch.Whole.Count; i++)
        {
            if (Whole(batch.Whole[i], i, fields, body.Span) is { } answer)
            {
                answers[batch.Whole[i]] = answer;
            }
        }

        var number = 0;
        foreach (var load in batch.IdLoads)
        {
            if (
                fields.TryGetValue(FoldedDocument.IdLoadName(number++), out var page)
                && TrySplitTitles(load, body.Span[page], answers)
            )
            {
                absent.UnionWith(load.Wanted.Values.SelectMany(tickets => tickets).Except(answers.Keys));
            }
        }

        return answers;
    }

    /// <summary>Lines of the document that its errors point to; empty when they point nowhere.</summary>
    public static IReadOnlyList<int> LinesOfErrors(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return [];
        }

        var lines = new List<int>();
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            foreach (var error in errors.EnumerateArray())
            {
                if (
                    error.ValueKind == JsonValueKind.Object
                    && error.TryGetProperty("locations", out var locations)
                    && locations.ValueKind == JsonValueKind.Array
                    && locations.GetArrayLength() > 0
                    && locations[0] is { ValueKind: JsonValueKind.Object } location
                    && location.TryGetProperty("line", out var line)
                    && line.ValueKind == JsonValueKind.Number
                    && line.TryGetInt32(out var number)
                )
                {
                    lines.Add(number);
                }
            }
        }

        return lines;
    }

    private static byte[]? Whole(Ticket ticket, int index, Dictionary<string, Range> fields, ReadOnlySpan<byte> body)
    {
        var answer = new ArrayBufferWriter<byte>();
        answer.Write("{\"data\":{"u8);
        var asked = ticket.Parts!.Fields;
        for (var j = 0; j < asked.Count; j++)
        {
            if (!fields.TryGetValue(FoldedDocument.WholeName(index, j), out var value))
            {
                return null;
            }

            Append(answer, asked[j].ResponseName, body[value], isFirst: j == 0);
        }

        answer.Write("}}"u8);
        return answer.WrittenSpan.ToArray();
    }

    private static bool TrySplitTitles(IdLoad load, ReadOnlySpan<byte> page, Dictionary<Ticket, byte[]> answers)
    {
        var reader = new Utf8JsonReader(page);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        // {"media":[…]}
        reader.Read();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // An item that does not begin with our id is nobody's.
            if (reader.TokenType == JsonTokenType.StartObject && TryReadTitle(ref reader, out var id, out var after))
            {
                var rest = page[after..(int)reader.BytesConsumed].TrimStart(" \r\n\t"u8);
                // Nothing behind the id is no answer: at least one field was asked for.
                foreach (var ticket in rest[0] == ',' ? load.Wanted.GetValueOrDefault(id, []) : [])
                {
                    answers[ticket] = Title(ticket, rest[1..]);
                }
            }
        }

        return true;
    }

    private static bool TryReadTitle(ref Utf8JsonReader reader, out int id, out int afterId)
    {
        var depth = reader.CurrentDepth;
        reader.Read();
        var isOurs = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(FoldedDocument.IdName);
        id = 0;
        isOurs = isOurs && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out id);
        afterId = (int)reader.BytesConsumed;
        while (reader.CurrentDepth > depth)
        {
            reader.Read();
        }

        return isOurs;
    }

    private static byte[] Title(Ticket ticket, ReadOnlySpan<byte> rest)
    {
        var answer = new ArrayBufferWriter<byte>(rest.Length + 64);
        answer.Write("{\"data\":{\""u8);
        answer.Write(Encoding.UTF8.GetBytes(ticket.Parts!.Fields[0].ResponseName));
        answer.Write("\":{"u8);
        answer.Write(rest.TrimStart(" \r\n\t"u8));
        answer.Write("}}"u8);
        return answer.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> answer, string name, ReadOnlySpan<byte> value, bool isFirst)
    {
        answer.Write(isFirst ? "\""u8 : ",\""u8);
        answer.Write(Encoding.UTF8.GetBytes(name));
        answer.Write("\":"u8);
        answer.Write(value);
    }

    private static Dictionary<string, Range> FieldsOfData(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, Range>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (!isData || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                fields[name] = start..(int)reader.BytesConsumed;
            }
        }

        return fields;
    }
}
