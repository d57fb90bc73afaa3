using AnimeSync.Api.Data.Keys;
using AnimeSync.Api.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Data;

public sealed class KeyRingStartTests
{
    [Fact]
    public async Task A_first_start_makes_one_closed_key_and_a_canary()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);

        var ring = await RingAsync(service);
        var isOpen = await service.Services.GetRequiredService<KeyRingState>().IsOpenAsync(CancellationToken.None);

        Assert.Contains("closedKey", Assert.Single(ring), StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", ring[0], StringComparison.Ordinal);
        Assert.True(isOpen);
    }

    [Fact]
    public async Task Two_first_starts_at_once_end_with_one_ring()
    {
        await using var database = await EmptyDatabase.CreateAsync();

        var services = await Task.WhenAll(
            Task.Run(() => TestService.StartAsync(database.Options)),
            Task.Run(() => TestService.StartAsync(database.Options))
        );

        await using var one = services[0];
        await using var other = services[1];
        Assert.Single(await RingAsync(one));
        var user = await one.AddUserAsync(1, "token-of-one");
        Assert.Equal("token-of-one", await other.FindTokenAsync(user));
    }

    [Fact]
    public async Task A_wrong_secret_refuses_to_start_and_leaves_the_ring_as_it_was()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var first = await TestService.StartAsync(database.Options);
        var before = await RingAsync(first);

        var refusal = await Assert.ThrowsAsync<StartupRefusedException>(() =>
            TestService.StartAsync(database.Options, TestService.SecondSecret)
        );

        Assert.Contains("SECRET_KEY", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestService.SecondSecret, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await RingAsync(first));
    }

    [Fact]
    public async Task A_previous_secret_still_opens_the_ring()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var first = await TestService.StartAsync(database.Options);
        var user = await first.AddUserAsync(1, "token-of-one");

        await using var second = await TestService.StartAsync(
            database.Options,
            TestService.SecondSecret,
            [TestService.FirstSecret]
        );

        Assert.Equal("token-of-one", await second.FindTokenAsync(user));
    }

    [Fact]
    public async Task A_ring_from_staging_does_not_open_in_production()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var staging = await TestService.StartAsync(database.Options, environment: "Staging");

        await Assert.ThrowsAsync<StartupRefusedException>(() => TestService.StartAsync(database.Options));
    }

    [Theory]
    [InlineData("DELETE FROM data_protection_keys")]
    [InlineData("UPDATE data_protection_keys SET xml = 'garbage'")]
    [InlineData("UPDATE data_protection_keys SET xml = replace(xml, '</closedKey>', 'AAAA</closedKey>')")]
    [InlineData("UPDATE key_ring_canaries SET ciphertext = (SELECT ciphertext FROM ani_list_credentials)")]
    [InlineData("DELETE FROM key_ring_canaries")]
    [InlineData("DELETE FROM data_protection_keys; DELETE FROM key_ring_canaries")]
    public async Task A_lost_or_damaged_ring_refuses_to_start(string damage)
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var first = await TestService.StartAsync(database.Options);
        await first.AddUserAsync(1, "token-of-one");
        await first.InScopeAsync((rows, _) => rows.Database.ExecuteSqlRawAsync(damage));
        var before = await RingAsync(first);

        await Assert.ThrowsAsync<StartupRefusedException>(() => TestService.StartAsync(database.Options));

        Assert.Equal(before, await RingAsync(first));
    }

    [Fact]
    public async Task A_running_service_whose_ring_was_lost_makes_no_new_one()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        await service.InScopeAsync((rows, _) => rows.DataProtectionKeys.ExecuteDeleteAsync());

        var keys = service.Services.GetRequiredService<RingKeyManager>();
        var now = TimeProvider.System.GetUtcNow();

        Assert.Throws<InvalidOperationException>(() => keys.CreateNewKey(now, now.AddDays(90)));
        Assert.Empty(await RingAsync(service));
    }

    [Theory]
    [InlineData("10.0.6+abc", false)]
    [InlineData("10.0.0-rc.2.25502.107+abc", false)]
    [InlineData("9.0.15", false)]
    [InlineData("10.0.7+abc", true)]
    [InlineData("10.0.12", true)]
    [InlineData("", false)]
    public void Releases_that_accept_forged_payloads_are_known(string version, bool isSound) =>
        Assert.Equal(isSound, FrameworkVersion.IsSound(version));

    private static Task<List<string>> RingAsync(TestService service) =>
        service.InScopeAsync(
            (database, _) => database.DataProtectionKeys.OrderBy(row => row.Id).Select(row => row.Xml!).ToListAsync()
        );
}
