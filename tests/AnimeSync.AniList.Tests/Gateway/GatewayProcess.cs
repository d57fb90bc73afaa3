using System.Text;
using AnimeSync.AniList.Gateway;
using AnimeSync.AniList.Tests.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnimeSync.AniList.Tests.Gateway;

/// <summary>A gateway as one process of the service has it, and somebody who asks it.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public GatewayProcess(Uri upstream, Func<GatewayOptions, GatewayOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new GatewayOptions
        {
            Upstream = upstream.Authority,
            RequestsPerMinute = 1_000_000_000,
            Burst = 1_000,
        };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddMetrics();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddAniListClient(new(upstream, new("http://localhost"), "AnimeSync/test"));
        services.AddAniListGateway(_ => change?.Invoke(options) ?? options);
        _services = services.BuildServiceProvider();
        Gateway = _services.GetRequiredService<AniListGateway>();
    }

    public AniListGateway Gateway { get; }

    /// <summary>Asks for titles that need only be known to be there or not.</summary>
    public async Task<IReadOnlyList<AniListFailure?>> FindAsync(params int[] ids)
    {
        var answers = await Task.WhenAll(
            ids.Select(id =>
                Gateway.AskAsync(QuestionOf($"{{Media(id:{id}){{id}}}}") with { IsAbsenceEnough = true }, default)
            )
        );
        return [.. answers.Select(answer => answer.Failure)];
    }

    public Task<Asked> AskAsync(string query, Guid? asker = null, string? token = null) =>
        AskAsync(query, TestContext.Current.CancellationToken, asker, token);

    public async Task<Asked> AskAsync(
        string query,
        CancellationToken cancellationToken,
        Guid? asker = null,
        string? token = null
    )
    {
        using var answer = await Gateway.AskAsync(QuestionOf(query, asker, token), cancellationToken);
        return new(
            answer.StatusCode is null
                ? $"{answer.Failure}"
                : $"{(int)answer.StatusCode} {Encoding.UTF8.GetString(answer.Body.Span)}",
            answer.Source,
            answer.Age,
            answer.RetryAfter
        );
    }

    private static GatewayQuestion QuestionOf(string query, Guid? asker = null, string? token = null) =>
        new(Asking.Read(query), Upstream.BodyOf(query), () => Asking.Fold(query), asker ?? Guid.Empty, _ => new(token));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <param name="Text">Status and body, or the failure's name where AniList gave no answer.</param>
internal sealed record Asked(string Text, AnswerSource Source, TimeSpan Age, TimeSpan? RetryAfter);
