using System.Net.Http.Headers;
using System.Text.Json;

namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>What came back: <c>Body</c> is undefined when it was no JSON object.</summary>
internal sealed record LiveReply(int Status, HttpResponseHeaders Headers, JsonElement Body)
{
    public string? Message => FirstError is { ValueKind: JsonValueKind.Object } error ? Text(error, "message") : null;

    public bool IsDisabled =>
        Status == 403 && Message?.Contains("disabled", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Why nothing can be learnt from this reply; null when it is one of AniList's own.</summary>
    public string? Useless =>
        Status == 429 ? $"the limit is reached (Retry-After {Header("Retry-After") ?? "missing"})"
        : IsDisabled ? "the API is disabled"
        : Body.ValueKind != JsonValueKind.Object ? $"HTTP {Status} without JSON"
        : Status >= 500 ? $"HTTP {Status}: {Message}"
        : null;

    private JsonElement? FirstError =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty("errors", out var errors)
        && errors.ValueKind == JsonValueKind.Array
        && errors.GetArrayLength() > 0
            ? errors[0]
            : null;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>The member at the end of a path below data; undefined when any step is missing.</summary>
    public JsonElement Data(params IEnumerable<string> path)
    {
        var here = Body;
        foreach (var step in path.Prepend("data"))
        {
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(step, out here))
            {
                return default;
            }
        }

        return here;
    }

    public override string ToString() => $"HTTP {Status} {Message ?? "without an error"}";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
