using System.Text;
using System.Text.Json;

namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>One request. Equal questions are asked once, whatever is read from the reply.</summary>
internal sealed record LiveQuestion(string Query, string? Token = null, bool WithReferer = true);

/// <summary>Asks slowly, says truthfully who asks, and never more than twelve times.</summary>
internal sealed class LiveProbe(LiveCheckOptions options) : IDisposable
{
    public const int MostRequests = 12;

    // The schema is the largest answer by far, with about a megabyte.
    private const int LargestAnswer = 8 * 1024 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = options.Timeout,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly Dictionary<LiveQuestion, LiveReply> replies = [];

    public int Requests { get; private set; }

    public async Task<LiveReply> AskAsync(LiveQuestion question)
    {
        if (replies.TryGetValue(question, out var known))
        {
            return known;
        }

        if (Requests == MostRequests)
        {
            throw new InvalidOperationException($"More than {MostRequests} requests would be impolite.");
        }

        if (Requests++ > 0)
        {
            await Task.Delay(options.Pause);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, options.GraphQL);
        request.Content = new StringContent(
            $$"""{"query":{{JsonSerializer.Serialize(question.Query)}}}""",
            Encoding.UTF8,
            "application/json"
        );
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("AnimeSync-live-check/0.1");
        request.Headers.Referrer = question.WithReferer ? new Uri(options.Referer) : null;
        request.Headers.Authorization = question.Token is { } token ? new("Bearer", token) : null;
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return replies[question] = new((int)answer.StatusCode, answer.Headers, Parse(body));
    }

    public void Dispose() => http.Dispose();

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
