namespace AnimeSync.Api.Hosting;

/// <summary>Whether somebody wants traces and metrics sent to them. The names are OpenTelemetry's own.</summary>
/// <param name="OtlpHeaders">What the receiver wants to see, an API key for one; null when the SDK reads it itself.</param>
internal sealed record TelemetryOptions(bool SendsOtlp, string? OtlpHeaders)
{
    // A record would print its headers.
    public override string ToString() => nameof(TelemetryOptions);

    /// <summary>Checked here, because the SDK passes over what it cannot read. It reads the values itself.</summary>
    public static TelemetryOptions Read(Settings settings)
    {
        var sends = settings.Optional("OTEL_EXPORTER_OTLP_ENDPOINT") is not null;
        if (sends)
        {
            settings.Address("OTEL_EXPORTER_OTLP_ENDPOINT");
        }

        if (settings.Text("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc") is not ("grpc" or "http/protobuf"))
        {
            settings.Refuse("OTEL_EXPORTER_OTLP_PROTOCOL", "must be grpc or http/protobuf");
        }

        return new(sends, settings.OptionalSecret("OTEL_EXPORTER_OTLP_HEADERS"));
    }
}
