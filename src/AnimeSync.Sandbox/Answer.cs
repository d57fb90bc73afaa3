using System.Text;

namespace AnimeSync.Sandbox;

/// <summary>A whole answer before it is written, so that a fault can cut, relabel or delay it.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json")
{
    public Answer(int status, string body, string contentType = "application/json")
        : this(status, Encoding.UTF8.GetBytes(body), contentType) { }

    /// <summary>Seconds for the Retry-After header; such an answer comes from the edge and carries no rate headers.</summary>
    public int? RetryAfter { get; init; }

    public string? Location { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        await response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
