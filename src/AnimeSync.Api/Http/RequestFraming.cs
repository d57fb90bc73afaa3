using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AnimeSync.Api.Http;

/// <summary>Refuses what two servers in a row could read differently, before anything is looked up.</summary>
internal sealed class RequestFraming(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsTrace(request.Method) || HttpMethods.IsConnect(request.Method))
        {
            context.Response.Headers.Allow = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
            return Problems.MethodNotAllowed.WriteAsync(context);
        }

        // RFC 9112 §6.1: both framings at once is how requests are smuggled. Kestrel moves the length aside.
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length");
        if (request.Headers.TransferEncoding.Count > 0 && hasLength)
        {
            context.Response.Headers.Connection = "close";
            return Problems.MalformedRequest.WriteAsync(context);
        }

        if (request.QueryString.HasValue && !IsWellEncoded(request.QueryString.Value!))
        {
            return Problems.MalformedRequest.WriteAsync(context);
        }

        return next(context);
    }

    /// <summary>Every percent sign starts a byte, the bytes are UTF-8, and none is U+0000.</summary>
    internal static bool IsWellEncoded(string query)
    {
        if (!query.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(query.Length)];
        var length = 0;
        for (var i = 0; i < query.Length; i++)
        {
            if (query[i] != '%')
            {
                length += Encoding.UTF8.GetBytes(query.AsSpan(i, 1), bytes.AsSpan(length));
            }
            else if (
                i + 2 < query.Length
                && byte.TryParse(query.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var value)
            )
            {
                bytes[length++] = value;
                i += 2;
            }
            else
            {
                return false;
            }
        }

        var decoded = bytes.AsSpan(0, length);
        return !decoded.Contains((byte)0) && Utf8.IsValid(decoded);
    }
}
