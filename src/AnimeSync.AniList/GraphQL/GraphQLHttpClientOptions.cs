namespace GraphQL.Client.Http;

/// <summary>Where the GraphQL server is, who we say we are, and how much of its time and bytes we accept.</summary>
/// <param name="Referer">AniList answers 403 to many server-side callers that send none.</param>
public sealed record GraphQLHttpClientOptions(Uri EndPoint, Uri Referer, string UserAgent)
{
    /// <summary>Two lost SYN packets; a server that takes longer is not going to answer a person in time.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// From the first byte sent to the last one read, so that a dripping answer ends too. Not a setting: clients and
    /// proxies in front of this service give up at 30 s, and must see our answer rather than their own.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// After decompression. The largest list AniList gives out, 500 entries with their titles, is about 2 MB.
    /// </summary>
    public int MaxResponseBytes { get; init; } = 8 * 1024 * 1024;
}
