using System.Buffers;
using System.IO.Pipelines;
using AnimeSync.Api.GraphQLProxy.Persisted;
using AnimeSync.Api.Http;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.GraphQLProxy;

/// <summary>A request's body, never more of it than is allowed, or what a GET has in its place.</summary>
internal sealed class GraphQLBody
{
    /// <summary>Not borrowed memory: an abandoned upstream call may still be sending it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    public async Task<GraphQLRefusal?> TryReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            var refusal = PersistedRequest.TryRead(request, out var written);
            Bytes = written;
            return refusal;
        }

        // A form or plain text would come without a preflight from any website.
        if (!IsJson(request))
        {
            return new(Problems.UnsupportedMediaType);
        }

        if (request.ContentLength > GraphQLLimits.BodyBytes)
        {
            return new(Problems.PayloadTooLarge);
        }

        ReadResult read;
        do
        {
            read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > GraphQLLimits.BodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new(Problems.PayloadTooLarge);
            }

            if (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        } while (!read.IsCompleted);

        Bytes = read.Buffer.ToArray();
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return null;
    }

    private static bool IsJson(HttpRequest request) =>
        request.ContentType == "application/json"
        || MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (
                !type.Charset.HasValue
                || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            )
            && request.Headers.ContentEncoding.Count == 0;
}
