using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnimeSync.AniList.Gateway;

/// <summary>
/// One document made of many operations: each root field under a name of its own, each on a line of its own, so that an
/// error's line tells whose it is.
/// </summary>
internal sealed class FoldedDocument
{
    /// <summary>Tells titles apart in a page. A client's operation that uses this very name is never folded.</summary>
    public const string IdName = "animesync_id";

    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<IReadOnlyList<Ticket>> _lines = [];

    public FoldedDocument(Batch batch)
    {
        var text = new StringBuilder(batch.IsMutation ? "mutation{" : "query{");
        for (var i = 0; i < batch.Whole.Count; i++)
        {
            var fields = batch.Whole[i].Parts!.Fields;
            for (var j = 0; j < fields.Count; j++)
            {
                text.Append('\n').Append(WholeName(i, j)).Append(':').Append(fields[j].Text);
                _lines.Add([batch.Whole[i]]);
            }
        }

        var number = 0;
        foreach (var load in batch.IdLoads)
        {
            var ids = string.Join(',', load.Wanted.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            text.Append('\n')
                .Append(IdLoadName(number++))
                .Append(CultureInfo.InvariantCulture, $":Page(perPage:{Batch.Ids}){{media(id_in:[{ids}]){{{IdName}:id ")
                .Append(load.Selection.AsSpan(1))
                .Append('}');
            _lines.Add([.. load.Wanted.Values.SelectMany(tickets => tickets)]);
        }

        Body = ToBody(text.Append("\n}").ToString());
    }

    public ReadOnlyMemory<byte> Body { get; }

    public static string WholeName(int ticket, int field) =>
        string.Create(CultureInfo.InvariantCulture, $"p{ticket}_{field}");

    public static string IdLoadName(int load) => string.Create(CultureInfo.InvariantCulture, $"m{load}");

    /// <param name="line">As an error's location counts: from 1.</param>
    public IReadOnlyList<Ticket> At(int line) => line >= 2 && line - 2 < _lines.Count ? _lines[line - 2] : [];

    private static byte[] ToBody(string query)
    {
        var buffer = new ArrayBufferWriter<byte>(query.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, _json))
        {
            writer.WriteStartObject();
            writer.WriteString("query"u8, query);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
