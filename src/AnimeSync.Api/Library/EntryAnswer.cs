namespace AnimeSync.Api.Library;

/// <summary>An entry with its ETag.</summary>
internal sealed class EntryAnswer(EntryResponse entry, string tag, bool isCreated = false) : IResult
{
    public EntryResponse Entry => entry;

    public string Tag => tag;

    public int Status => isCreated ? StatusCodes.Status201Created : StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = tag;
        return isCreated
            ? TypedResults.Created($"/api/v1/me/list/{entry.MediaId}", entry).ExecuteAsync(httpContext)
            : TypedResults.Ok(entry).ExecuteAsync(httpContext);
    }
}
