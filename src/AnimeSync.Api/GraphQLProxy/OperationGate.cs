using System.Text.Json;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>Decides whether a body may go to AniList, and turns it into the bytes that will.</summary>
internal sealed class OperationGate(CheckedOperations seen, IHostEnvironment environment)
{
    private readonly bool _allowIntrospection = environment.IsDevelopment();

    /// <param name="body">Replaced when it holds `extensions`, which are for us and not for AniList.</param>
    public GraphQLRefusal? TryPass(ref ReadOnlyMemory<byte> body, out CheckedOperation operation)
    {
        var hash = BodyHash.Of(body.Span);
        if (seen.Find(hash) is { } known)
        {
            operation = known;
            return null;
        }

        operation = null!;
        var refusal =
            SentOperationReader.TryRead(body.Span, out var sent)
            ?? OperationInspector.TryInspect(sent, _allowIntrospection, out operation);
        if (refusal is not null)
        {
            return refusal;
        }

        if (sent.HasExtensions)
        {
            body = WithoutExtensions(body);
        }
        else
        {
            seen.Remember(hash, operation);
        }

        return null;
    }

    private static byte[] WithoutExtensions(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        using var kept = new MemoryStream(body.Length);
        using (var writer = new Utf8JsonWriter(kept))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(m => !m.NameEquals("extensions"u8)))
            {
                // Raw: numbers must not pass through a double.
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(member.Value.GetRawText());
            }

            writer.WriteEndObject();
        }

        return kept.ToArray();
    }
}
