using System.Globalization;

namespace AnimeSync.Api.Http;

/// <summary>RFC 9110 §10.2.3, in whole seconds and never none: nobody should come back at once.</summary>
internal static class RetryAfterField
{
    public static void Show(HttpResponse response, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            var seconds = Math.Max(1, Math.Ceiling(time.TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
