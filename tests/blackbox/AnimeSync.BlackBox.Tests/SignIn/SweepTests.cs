using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.SignIn;

public sealed class SweepTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Fact]
    public async Task Sign_ins_that_nobody_finished_and_old_codes_are_swept_away()
    {
        var database = _service.Database;
        var (old, fresh) = ($"old {Guid.NewGuid()}", $"fresh {Guid.NewGuid()}");
        using var abandoned = await new SignInFlow(_service.Address) { State = old }.AuthorizeAsync(SignInFlow.Mobile);
        using var waiting = await new SignInFlow(_service.Address) { State = fresh }.AuthorizeAsync(SignInFlow.Mobile);
        var flow = new SignInFlow(_service.Address);
        await flow.CodeAsync("rin", SignInFlow.Mobile);
        var challenge = flow.Challenge;
        var pending = $"pending_sign_ins WHERE client_state = '{old}'";
        var codes = $"authorization_codes WHERE code_challenge = '{challenge}'";
        Assert.Equal((1, 1), (await database.CountAsync(pending), await database.CountAsync(codes)));

        await database.ExecuteAsync(
            $"UPDATE pending_sign_ins SET {database.Ago("created_at", TimeSpan.FromMinutes(11))} WHERE client_state = '{old}'"
        );
        await database.ExecuteAsync(
            $"UPDATE authorization_codes SET {database.Ago("created_at", TimeSpan.FromMinutes(61))} WHERE code_challenge = '{challenge}'"
        );

        // A sweep comes every minute.
        for (var i = 0; i < 180 && await database.CountAsync(pending) + await database.CountAsync(codes) > 0; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, 0), (await database.CountAsync(pending), await database.CountAsync(codes)));
        Assert.Equal(1, await database.CountAsync($"pending_sign_ins WHERE client_state = '{fresh}'"));
    }
}
