using System.Collections.Concurrent;
using AnimeSync.Api.Data.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Data;

public sealed class KeyRotationTests
{
    [Fact]
    public async Task A_running_process_reads_what_another_wrote_under_a_key_made_since()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var writer = await TestService.StartAsync(database.Options);
        await using var reader = await TestService.StartAsync(database.Options);
        Assert.Equal("old", await reader.FindTokenAsync(await writer.AddUserAsync(1, "old")));
        await AddKeyAsync(writer);

        var user = await writer.AddUserAsync(2, "new");

        Assert.Equal("new", await reader.FindTokenAsync(user));
        Assert.Equal(
            2,
            await writer.InScopeAsync(
                (rows, _) => rows.AniListCredentials.Select(row => row.KeyId).Distinct().CountAsync()
            )
        );
    }

    // Two processes: SQLite serves one.
    [Fact]
    [Trait("Needs", "postgres")]
    public async Task A_running_process_starts_using_a_key_that_another_made()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var one = await TestService.StartAsync(database.Options);
        await using var other = await TestService.StartAsync(database.Options);
        var protector = other.Services.GetRequiredService<RowProtector>();
        var before = protector.Protect("Test.v1", Guid.Empty, [1]).KeyId;
        await AddKeyAsync(one);

        // By the watch alone: protecting never fails, so nothing else makes this process look.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (protector.Protect("Test.v1", Guid.Empty, [1]).KeyId == before)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    [Fact]
    public async Task After_a_rotation_the_previous_secret_can_be_dropped()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        Guid user;
        Guid session;
        await using (var first = await TestService.StartAsync(database.Options))
        {
            user = await first.AddUserAsync(1, "token-of-one");
            session = await first.AddSessionAsync(user, [1, 2, 3]);
        }

        string report;
        await using (
            var second = await TestService.StartAsync(
                database.Options,
                TestService.SecondSecret,
                [TestService.FirstSecret]
            )
        )
        {
            report = await second.Services.GetRequiredService<KeyRotation>().RunAsync(CancellationToken.None);
        }

        await using var third = await TestService.StartAsync(database.Options, TestService.SecondSecret);
        Assert.Contains("Rows re-encrypted: 2", report, StringComparison.Ordinal);
        Assert.Equal("token-of-one", await third.FindTokenAsync(user));
        Assert.Equal([1, 2, 3], await SessionKeyAsync(third, session));
    }

    [Fact]
    public async Task A_rotation_beside_readers_and_writers_loses_nothing()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        await using var replica = await TestService.StartAsync(database.Options);
        var last = new ConcurrentDictionary<Guid, string>();
        for (var number = 1; number <= 250; number++)
        {
            last[await service.AddUserAsync(number, $"token-{number}")] = $"token-{number}";
        }

        var users = last.Keys.ToArray();
        using var rotated = new CancellationTokenSource();
        var traffic = Enumerable.Range(0, 2).Select(lane => Task.Run(() => TrafficAsync(lane))).ToArray();
        await service.Services.GetRequiredService<KeyRotation>().RunAsync(CancellationToken.None);
        await rotated.CancelAsync();
        await Task.WhenAll(traffic);

        foreach (var (user, token) in last)
        {
            Assert.Equal(token, await service.FindTokenAsync(user));
        }

        Assert.Single(
            await service.InScopeAsync(
                (rows, _) => rows.AniListCredentials.Select(row => row.KeyId).Distinct().ToListAsync()
            )
        );

        // Each lane has users of its own, so that what it wrote last is known.
        async Task TrafficAsync(int lane)
        {
            var process = lane == 0 ? service : replica;
            for (var round = 0; !rotated.IsCancellationRequested; round++)
            {
                var user = users[(round * 2 + lane) % users.Length];
                Assert.Equal(last[user], await process.FindTokenAsync(user));
                var token = $"lane {lane} round {round}";
                await process.InScopeAsync(
                    (_, credentials) =>
                        credentials.StoreAsync(
                            user,
                            token,
                            TimeProvider.System.GetUtcNow().AddDays(1),
                            CancellationToken.None
                        )
                );
                last[user] = token;
            }
        }
    }

    [Fact]
    public async Task An_interrupted_rotation_goes_on_with_the_key_it_had_made()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var user = await service.AddUserAsync(1, "token-of-one");
        await AddKeyAsync(service);

        await service.Services.GetRequiredService<KeyRotation>().RunAsync(CancellationToken.None);

        Assert.Equal(2, service.Services.GetRequiredService<RingKeyManager>().GetAllKeys().Count);
        Assert.Equal("token-of-one", await service.FindTokenAsync(user));
        Assert.False(
            await service.InScopeAsync(
                (rows, _) => rows.AniListCredentials.AnyAsync(row => row.RelinkRequiredSince != null)
            )
        );
    }

    private static async Task AddKeyAsync(TestService service)
    {
        var now = TimeProvider.System.GetUtcNow();
        service.Services.GetRequiredService<RingKeyManager>().AddKey(now, now.AddDays(90));
        await service.Services.GetRequiredService<KeyRingWatch>().CatchUpAsync(CancellationToken.None);
    }

    private static async Task<byte[]?> SessionKeyAsync(TestService service, Guid session)
    {
        var stored = await service.InScopeAsync(
            (rows, _) => rows.Sessions.Where(row => row.Id == session).Select(row => row.ProtectedKey).SingleAsync()
        );
        return await service
            .Services.GetRequiredService<RowProtector>()
            .UnprotectAsync(RowProtector.RefreshKeyPurpose, session, stored, CancellationToken.None);
    }
}
