using AnimeSync.Api.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Data;

public sealed class SessionLockTests
{
    [Fact]
    public async Task Two_who_lock_a_session_take_turns_and_each_sees_what_the_other_wrote()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var session = await service.AddSessionAsync(await service.AddUserAsync(1), [1]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IncrementAsync(service, session))));

        var counter = await service.InScopeAsync((rows, _) => rows.Sessions.Select(row => row.Counter).SingleAsync());
        Assert.Equal(9, counter);
    }

    [Fact]
    public async Task A_lock_reads_the_row_as_it_is_even_when_it_was_read_before()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var session = await service.AddSessionAsync(await service.AddUserAsync(1), [1]);
        await using var scope = service.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AnimeSyncDbContext>();
        await context.Sessions.SingleAsync(row => row.Id == session, TestContext.Current.CancellationToken);
        await IncrementAsync(service, session);

        await using var transaction = await context.Database.BeginTransactionAsync(
            TestContext.Current.CancellationToken
        );
        var locked = await context.LockSessionAsync(session, CancellationToken.None);

        Assert.Equal(2, locked?.Counter);
    }

    private static Task IncrementAsync(TestService service, Guid id) =>
        service.InScopeAsync(
            async (rows, _) =>
            {
                await using var transaction = await rows.Database.BeginTransactionAsync();
                var session = await rows.LockSessionAsync(id, CancellationToken.None);
                session!.Counter++;
                await rows.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        );
}
