using AnimeSync.BlackBox.Tests.Infrastructure;
using RedisRateLimiting.Tests.Infrastructure;

namespace AnimeSync.BlackBox.Tests.Redis;

public enum RedisFault
{
    Killed,
    Stopped,
    Asleep,
    BlackHole,
    Slow,
    Full,
    Demoted,
    FailedSave,
    NoPermission,
    NoKeys,
    WrongPassword,
}

/// <summary>Breaks a Redis in one way, and mends it without restarting the service.</summary>
internal sealed class FaultyRedis(LimitedService limited)
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"redis-{Guid.NewGuid():n}");
    private Task _asleep = Task.CompletedTask;

    /// <summary>What the service's log must name as the reason, where the reason is one that Redis tells.</summary>
    public static string? CodeOf(RedisFault fault) =>
        fault switch
        {
            RedisFault.Full => "OOM",
            RedisFault.Demoted => null,
            RedisFault.FailedSave => "MISCONF",
            RedisFault.NoPermission or RedisFault.NoKeys => "NOPERM",
            _ => null,
        };

    public Task BreakAsync(RedisFault fault)
    {
        switch (fault)
        {
            case RedisFault.Killed:
                limited.Redis.Kill();
                return Task.CompletedTask;
            case RedisFault.Stopped:
                limited.Redis.Pause();
                return Task.CompletedTask;
            case RedisFault.Asleep:
                _asleep = limited.CommandAsync("DEBUG", "SLEEP", "5");
                return Task.CompletedTask;
            case RedisFault.BlackHole:
                limited.Wire.Cut();
                return Task.CompletedTask;
            case RedisFault.Slow:
                limited.Wire.Delay = TimeSpan.FromMilliseconds(400);
                return Task.CompletedTask;
            case RedisFault.Full:
                return CommandAsync("CONFIG SET maxmemory 1");
            case RedisFault.Demoted:
                return CommandAsync($"REPLICAOF 127.0.0.1 {FreePort.Next()}");
            case RedisFault.FailedSave:
                return FailSavingAsync();
            case RedisFault.NoPermission:
                return CommandAsync("ACL SETUSER app -@scripting");
            case RedisFault.NoKeys:
                return CommandAsync("ACL SETUSER app resetkeys ~other:*");
            case RedisFault.WrongPassword:
                return ChangePasswordAsync();
            default:
                throw new ArgumentOutOfRangeException(nameof(fault));
        }
    }

    public async Task MendAsync(RedisFault fault)
    {
        switch (fault)
        {
            case RedisFault.Killed:
                await limited.Redis.StartAsync();
                break;
            case RedisFault.Stopped:
                limited.Redis.Resume();
                break;
            case RedisFault.Asleep:
                await _asleep;
                break;
            case RedisFault.BlackHole:
                limited.Wire.Mend();
                break;
            case RedisFault.Slow:
                limited.Wire.Delay = TimeSpan.Zero;
                break;
            case RedisFault.Full:
                await CommandAsync("CONFIG SET maxmemory 0");
                break;
            case RedisFault.Demoted:
                await CommandAsync("REPLICAOF NO ONE");
                break;
            case RedisFault.FailedSave:
                await SaveAgainAsync();
                break;
            case RedisFault.NoPermission:
                await CommandAsync("ACL SETUSER app +@all");
                break;
            case RedisFault.NoKeys:
                await CommandAsync("ACL SETUSER app ~*");
                break;
            default:
                await CommandAsync($"ACL SETUSER app >{LimitedService.RedisPassword}");
                break;
        }
    }

    /// <summary>A folder that is gone cannot be written to, not even by root.</summary>
    private async Task FailSavingAsync()
    {
        Directory.CreateDirectory(_folder);
        await CommandAsync($"CONFIG SET dir {_folder}");
        Directory.Delete(_folder);
        await CommandAsync("CONFIG SET save", "3600 1");
        await CommandAsync("BGSAVE");
        await UntilSavedAsync("err");
    }

    private async Task SaveAgainAsync()
    {
        await CommandAsync($"CONFIG SET dir {Path.GetTempPath()}");
        await CommandAsync($"CONFIG SET dbfilename {Path.GetFileName(_folder)}.rdb");
        await CommandAsync("BGSAVE");
        await UntilSavedAsync("ok");
        await CommandAsync("CONFIG SET save", "");
        File.Delete($"{_folder}.rdb");
    }

    private Task<TimeSpan> UntilSavedAsync(string status) =>
        Eventually.TrueAsync(async () =>
            ((string?)await limited.CommandAsync("INFO", "persistence"))!.Contains(
                $"rdb_last_bgsave_status:{status}",
                StringComparison.Ordinal
            )
        );

    private async Task ChangePasswordAsync()
    {
        await CommandAsync("ACL SETUSER app resetpass >another");
        // Who has signed in stays signed in until the connection ends.
        await CommandAsync("CLIENT KILL USER app");
    }

    private Task CommandAsync(string command, params string[] more)
    {
        var words = command.Split(' ');
        return limited.CommandAsync(words[0], [.. words[1..], .. more]);
    }
}
