using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AnimeSync.Api.Tests.Infrastructure;
using AnimeSync.BlackBox.Tests.Infrastructure;
using Npgsql;

namespace AnimeSync.BlackBox.Tests.Auth;

/// <summary>A crash or a cut connection costs an answer, never a session.</summary>
public sealed class RefreshCrashTests(SharedService shared)
{
    private readonly Service _service = shared.Service;

    [Fact]
    public async Task Wherever_a_kill_meets_a_refresh_the_client_retries_and_stays_signed_in()
    {
        await using var replica = await Replica.StartAsync(_service);
        var pairs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _service.SignInAsync()));

        for (var round = 0; round < 4; round++)
        {
            var refreshing = pairs.Select(pair => RefreshUntilCutAsync(replica.Address, pair)).ToArray();
            await Task.Delay(RandomNumberGenerator.GetInt32(20, 400));
            await replica.KillAsync();
            pairs = await Task.WhenAll(refreshing);

            await replica.StartAsync();
            pairs = await Task.WhenAll(pairs.Select(pair => RefreshedAsync(replica.Address, pair)));
        }

        foreach (var pair in pairs)
        {
            await RefreshAssert.AliveAsync(_service, pair.Session(), pair.Claims.GetProperty("ctr").GetInt32());
        }
    }

    [Fact]
    public async Task A_kill_before_the_commit_leaves_the_token_as_it_was()
    {
        await using var replica = await Replica.StartAsync(_service);
        var pair = await _service.SignInAsync();
        await using (var held = await LockAsync(pair.Session()))
        {
            var refreshing = RefreshUntilCutAsync(replica.Address, pair);
            await WaitForLockedAsync(held);
            await replica.KillAsync();
            await refreshing;
        }

        await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 0);
        await RefreshedAsync(_service.Address, pair);
        await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 1);
    }

    [Fact]
    public async Task A_kill_after_the_commit_gives_the_same_successor_to_whoever_lost_the_answer()
    {
        await using var replica = await Replica.StartAsync(_service);
        var pair = await _service.SignInAsync();
        using (var socket = await SendRefreshAsync(replica.Public, pair))
        {
            await Eventually.BecomesAsync(1L, () => CommittedAsync(pair), seconds: 60);
            await replica.KillAsync();
        }

        var again = await RefreshedAsync(_service.Address, pair);
        Assert.Equal(1, again.Claims.GetProperty("ctr").GetInt32());
        await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 1);
        await RefreshedAsync(_service.Address, again);
    }

    [Fact]
    public async Task A_client_that_hangs_up_on_every_answer_is_served_when_it_listens_again()
    {
        var pair = await _service.SignInAsync();
        for (var times = 0; times < 20; times++)
        {
            using var socket = await SendRefreshAsync(_service.Public, pair);
            await Task.Delay(RandomNumberGenerator.GetInt32(0, 30));
            // Resets the connection, at whatever point the service has reached.
            socket.LingerState = new(true, 0);
        }

        await RefreshAssert.AgeAsync(_service, pair.Session(), TimeSpan.FromMinutes(10), "confirmed_at");
        var next = await RefreshedAsync(_service.Address, pair);
        Assert.Equal(1, next.Claims.GetProperty("ctr").GetInt32());
        await RefreshAssert.AliveAsync(_service, pair.Session(), counter: 1);
        await _service.AssertAliveAsync();
    }

    private Task<long> CommittedAsync(SignedIn pair) =>
        _service.Database.CountAsync($"sessions WHERE id = '{pair.Session()}' AND counter = 1");

    private static async Task<SignedIn> RefreshedAsync(Uri address, SignedIn pair) =>
        await SignInFlow.TokensAsync(await new SignInFlow(address).RefreshAsync(pair.RefreshToken!));

    /// <summary>The last pair that arrived whole before the connection broke.</summary>
    private static async Task<SignedIn> RefreshUntilCutAsync(Uri address, SignedIn pair)
    {
        while (true)
        {
            try
            {
                pair = await RefreshedAsync(address, pair);
            }
            catch (HttpRequestException cut) when (cut.StatusCode is null)
            {
                return pair;
            }
        }
    }

    private static async Task<Socket> SendRefreshAsync(System.Net.IPEndPoint address, SignedIn pair)
    {
        var body = $"grant_type=refresh_token&client_id={SignInFlow.Mobile}&refresh_token={pair.RefreshToken}";
        var socket = await Raw.ConnectAsync(address);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + $"Content-Length: {body.Length}\r\n\r\n{body}"
            )
        );
        return socket;
    }

    /// <summary>Holds the session's row, so that a refresh stops just before it could change anything.</summary>
    private async Task<NpgsqlConnection> LockAsync(Guid session)
    {
        var url = new Uri(_service.Settings["DATABASE_URL"]!);
        var connection = new NpgsqlConnection(
            $"Host={url.Host};Port={url.Port};Username={url.UserInfo};Database={url.AbsolutePath[1..]};Pooling=false"
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "BEGIN; SELECT 1 FROM sessions WHERE id = @id FOR UPDATE",
            connection
        );
        command.Parameters.AddWithValue("id", session);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task WaitForLockedAsync(NpgsqlConnection holder) =>
        Eventually.BecomesAsync(
            true,
            async () =>
            {
                await using var command = new NpgsqlCommand(
                    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')",
                    holder
                );
                return (bool)(await command.ExecuteScalarAsync())!;
            },
            seconds: 60
        );
}
