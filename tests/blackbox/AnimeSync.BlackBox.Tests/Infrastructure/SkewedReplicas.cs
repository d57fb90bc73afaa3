namespace AnimeSync.BlackBox.Tests.Infrastructure;

/// <summary>Three processes on one database and Redis. One clock is right, one a minute ahead, one a minute behind.</summary>
public sealed class SkewedReplicas : IAsyncLifetime
{
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public Service Service { get; private set; } = null!;

    public Replica Ahead { get; private set; } = null!;

    public Replica Behind { get; private set; } = null!;

    public IReadOnlyList<Uri> Addresses => [Service.Address, Ahead.Address, Behind.Address];

    public async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync();
        var replicas = await Task.WhenAll(
            Replica.StartAsync(Service, FakeTime.Off(Skew)),
            Replica.StartAsync(Service, FakeTime.Off(-Skew))
        );
        (Ahead, Behind) = (replicas[0], replicas[1]);
    }

    public async ValueTask DisposeAsync()
    {
        // Either is missing when the start failed, whose reason must not be hidden by another.
        await (Ahead?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Behind?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Service.DisposeAsync();
    }
}

[CollectionDefinition(nameof(SkewedReplicas))]
public sealed class SkewedReplicasDefinition : ICollectionFixture<SkewedReplicas>;
