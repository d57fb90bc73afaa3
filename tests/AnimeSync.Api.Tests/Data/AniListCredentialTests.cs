using System.Text;
using AnimeSync.Api.Data.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnimeSync.Api.Tests.Data;

public sealed class AniListCredentialTests
{
    // Shaped like AniList's, which are JWTs.
    private const string Token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiIxIn0.c2lnbmF0dXJl";

    [Fact]
    public async Task A_stored_token_comes_back_to_its_owner_only()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);

        var rin = await service.AddUserAsync(1, Token);
        var sora = await service.AddUserAsync(2);

        Assert.Equal(Token, await service.FindTokenAsync(rin));
        Assert.Null(await service.FindTokenAsync(sora));
    }

    [Fact]
    public async Task Linking_again_replaces_the_token_and_ends_the_request_to_link()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var user = await service.AddUserAsync(1, Token);
        await service.InScopeAsync(
            (_, credentials) => credentials.RequireRelinkAsync(user, Token, CancellationToken.None)
        );
        Assert.Null(await service.FindTokenAsync(user));

        var expiresAt = TimeProvider.System.GetUtcNow().AddDays(1);
        await service.InScopeAsync(
            (_, credentials) => credentials.StoreAsync(user, "newer", expiresAt, CancellationToken.None)
        );

        Assert.Equal("newer", await service.FindTokenAsync(user));
    }

    [Fact]
    public async Task A_refused_token_that_was_replaced_meanwhile_does_not_cost_the_new_one()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var user = await service.AddUserAsync(1, Token);

        await service.InScopeAsync(
            (_, credentials) => credentials.RequireRelinkAsync(user, "an older token", CancellationToken.None)
        );

        Assert.Equal(Token, await service.FindTokenAsync(user));
    }

    [Fact]
    public async Task Storing_joins_the_callers_transaction()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var user = await service.AddUserAsync(1, Token);

        await service.InScopeAsync(
            async (rows, credentials) =>
            {
                await using var transaction = await rows.Database.BeginTransactionAsync();
                await credentials.StoreAsync(user, "newer", DateTimeOffset.MaxValue, CancellationToken.None);
                await transaction.RollbackAsync();
            }
        );

        Assert.Equal(Token, await service.FindTokenAsync(user));
    }

    [Fact]
    public async Task An_expired_token_is_not_used()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var user = await service.AddUserAsync(1);
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);

        await service.InScopeAsync(
            (_, credentials) => credentials.StoreAsync(user, Token, past, CancellationToken.None)
        );

        Assert.Null(await service.FindTokenAsync(user));
    }

    [Fact]
    public async Task Swapped_ciphertexts_open_for_neither_user_and_both_must_link_again()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var rin = await service.AddUserAsync(1, "token-of-rin");
        var sora = await service.AddUserAsync(2, "token-of-sora");
        var kai = await service.AddUserAsync(3, "token-of-kai");
        var bytes = await service.InScopeAsync(
            (rows, _) => rows.AniListCredentials.ToDictionaryAsync(row => row.UserId, row => row.Ciphertext)
        );
        await OverwriteAsync(service, rin, bytes[sora]);
        await OverwriteAsync(service, sora, bytes[rin]);

        Assert.Null(await service.FindTokenAsync(rin));
        Assert.Null(await service.FindTokenAsync(sora));
        Assert.Equal("token-of-kai", await service.FindTokenAsync(kai));

        var marked = await service.InScopeAsync(
            (rows, _) =>
                rows
                    .AniListCredentials.Where(row => row.RelinkRequiredSince != null)
                    .Select(row => row.UserId)
                    .ToListAsync()
        );
        Assert.Equal([rin, sora], marked.Order());
    }

    [Fact]
    public async Task No_flipped_byte_at_any_place_ever_opens()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var protector = service.Services.GetRequiredService<RowProtector>();
        var owner = Guid.NewGuid();
        var (ciphertext, _) = protector.Protect("AniListToken.v1", owner, "a token"u8.ToArray());

        var opened = new List<int>();
        for (var position = 0; position < ciphertext.Length; position++)
        {
            byte[] altered = [.. ciphertext];
            altered[position] ^= 0x01;
            if (await protector.UnprotectAsync("AniListToken.v1", owner, altered, CancellationToken.None) is not null)
            {
                opened.Add(position);
            }
        }

        Assert.Empty(opened);
    }

    [Fact]
    public async Task A_payload_cut_short_anywhere_never_opens()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var protector = service.Services.GetRequiredService<RowProtector>();
        var owner = Guid.NewGuid();
        var (ciphertext, _) = protector.Protect("AniListToken.v1", owner, "a token"u8.ToArray());

        for (var length = 0; length < ciphertext.Length; length++)
        {
            var plain = await protector.UnprotectAsync(
                "AniListToken.v1",
                owner,
                ciphertext[..length],
                CancellationToken.None
            );
            Assert.Null(plain);
        }
    }

    [Fact]
    public async Task One_altered_row_asks_its_user_to_link_again_and_nobody_else()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        var rin = await service.AddUserAsync(1, Token);
        var sora = await service.AddUserAsync(2, "token-of-sora");
        var bytes = await service.InScopeAsync(
            (rows, _) =>
                rows.AniListCredentials.Where(row => row.UserId == rin).Select(row => row.Ciphertext).SingleAsync()
        );
        bytes[^1] ^= 0x80;
        await OverwriteAsync(service, rin, bytes);

        Assert.Null(await service.FindTokenAsync(rin));
        Assert.Equal("token-of-sora", await service.FindTokenAsync(sora));
    }

    [Fact]
    public async Task The_database_holds_no_token_in_any_readable_form()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        await service.AddUserAsync(1, Token);

        var dump = await database.DumpAsync();

        Assert.Contains("user1", dump, StringComparison.Ordinal);
        foreach (
            var piece in Token
                .Chunk(8)
                .Where(characters => characters.Length == 8)
                .Select(characters => new string(characters))
        )
        {
            Assert.DoesNotContain(piece, dump, StringComparison.Ordinal);
            Assert.DoesNotContain(
                Convert.ToHexStringLower(Encoding.ASCII.GetBytes(piece)),
                dump,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_row_names_the_ring_key_that_closed_it()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        await using var service = await TestService.StartAsync(database.Options);
        await service.AddUserAsync(1, Token);

        var keyId = await service.InScopeAsync(
            (rows, _) => rows.AniListCredentials.Select(row => row.KeyId).SingleAsync()
        );
        var key = Assert.Single(service.Services.GetRequiredService<RingKeyManager>().GetAllKeys());

        Assert.Equal(key.KeyId, keyId);
    }

    private static Task OverwriteAsync(TestService service, Guid user, byte[] ciphertext) =>
        service.InScopeAsync(
            (rows, _) =>
                rows
                    .AniListCredentials.Where(row => row.UserId == user)
                    .ExecuteUpdateAsync(row => row.SetProperty(it => it.Ciphertext, ciphertext))
        );
}
