namespace AnimeSync.Api.Hosting;

/// <summary>The process must not serve. The message is one line for the operator and holds no secret.</summary>
internal sealed class StartupRefusedException(string message) : Exception(message);
