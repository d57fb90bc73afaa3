using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AnimeSync.Api.Auth.SignIn;

/// <summary>The token endpoint's input: a small form, no parameter twice (RFC 6749 §3.2), empty ones absent.</summary>
internal sealed class OAuthForm
{
    private const int MostBytes = 16 * 1024;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Null when the body is no such form.</summary>
    public static async Task<OAuthForm?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            || request.Headers.ContentEncoding.Count > 0
            || request.ContentLength > MostBytes
        )
        {
            return null;
        }

        try
        {
            var read = await new Microsoft.AspNetCore.WebUtilities.FormPipeReader(request.BodyReader)
            {
                ValueCountLimit = 32,
                KeyLengthLimit = 64,
                ValueLengthLimit = MostBytes,
            }.ReadFormAsync(cancellationToken);
            var form = new OAuthForm();
            return read.All(form.Add) ? form : null;
        }
        catch (Exception exception)
            when (exception is InvalidDataException or BadHttpRequestException { StatusCode: 413 })
        {
            // Whichever limit an endless body meets first, the refusal keeps OAuth's shape.
            return null;
        }
    }

    private bool Add(KeyValuePair<string, StringValues> parameter)
    {
        if (parameter.Value is not [{ } value] || value.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        if (value.Length > 0)
        {
            _values[parameter.Key] = value;
        }

        return true;
    }
}
