using AnimeSync.Api.Hosting;

namespace AnimeSync.Api.Http;

/// <summary>
/// Refuses plain http in Production instead of redirecting it: by the time a redirect is sent, the token has
/// travelled in the open. The admin listener and the probes are for the inside.
/// </summary>
internal sealed class SecureTransport(RequestDelegate next, ServiceOptions service, ListenOptions listeners)
{
    private readonly bool _required = !service.IsDevelopment && !service.AllowInsecureHttp;

    public Task InvokeAsync(HttpContext context) =>
        !_required
        || context.Request.IsHttps
        || HealthEndpoints.IsProbe(context.Request.Path)
        || listeners.ListenerOf(context.Connection.LocalPort) == Listener.Admin
            ? next(context)
            : Problems.InsecureTransport.WriteAsync(context);
}
