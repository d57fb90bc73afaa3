using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnimeSync.Sandbox.Control;

/// <summary>What airs, expires or is counted by the minute follows this clock, and so does the Date of the answers.</summary>
internal static class ClockEndpoints
{
    private const string OutOfReach = "The clock runs from 2000 to 2036.";

    public static IServiceCollection AddClock(this IServiceCollection services) =>
        services
            .AddSingleton<SandboxClock>()
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SandboxClock>())
            .ConfigureHttpJsonOptions(json =>
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, ClockJsonContext.Default)
            );

    /// <summary>A server whose clock is elsewhere says so in the Date of its answers.</summary>
    public static void UseSandboxTime(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<SandboxClock>();
        app.Use(
            (context, next) =>
            {
                if (clock.IsMoved)
                {
                    context.Response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
                }

                return next(context);
            }
        );
    }

    public static void MapClock(this RouteGroupBuilder control)
    {
        control.MapGet("/clock", (SandboxClock clock) => new ClockReading(clock.GetUtcNow()));
        control.MapPut("/clock", Set);
        control.MapPost("/clock/advance", Advance);
    }

    private static IResult Set(ClockReading wanted, SandboxClock clock) =>
        clock.TrySet(wanted.Now)
            ? Results.Ok(new ClockReading(clock.GetUtcNow()))
            : Results.BadRequest(new ControlError(OutOfReach));

    private static IResult Advance(ClockStep step, SandboxClock clock) =>
        // A TimeSpan holds less than a double does.
        double.Abs(step.Seconds)
            < TimeSpan.MaxValue.TotalSeconds / 2
        && clock.TryAdvance(TimeSpan.FromSeconds(step.Seconds))
            ? Results.Ok(new ClockReading(clock.GetUtcNow()))
            : Results.BadRequest(new ControlError(OutOfReach));
}

public sealed record ClockReading([property: JsonConverter(typeof(InstantConverter))] DateTimeOffset Now);

public sealed record ClockStep(double Seconds);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClockReading))]
[JsonSerializable(typeof(ClockStep))]
internal sealed partial class ClockJsonContext : JsonSerializerContext;
