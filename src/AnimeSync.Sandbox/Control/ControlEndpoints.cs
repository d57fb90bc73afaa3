using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.OAuth;

namespace AnimeSync.Sandbox.Control;

/// <summary>What tests and developers steer the sandbox with; answered to this machine only.</summary>
internal static class ControlEndpoints
{
    public const string Root = "/_sandbox";

    private const string NameRule = "A name has 2 to 20 letters or digits.";

    public static IServiceCollection AddControl(this IServiceCollection services) =>
        services
            .AddSingleton<Journal>()
            .AddSingleton<RequestLimits>()
            .AddSingleton<FaultRules>()
            .AddUnreadableBodies()
            .ConfigureHttpJsonOptions(json =>
            {
                // A typing error in a rule shall show at once, not as a fault that never comes.
                json.SerializerOptions.RespectRequiredConstructorParameters = true;
                json.SerializerOptions.RespectNullableAnnotations = true;
                json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
                json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
                json.SerializerOptions.AllowDuplicateProperties = false;
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJsonContext.Default);
            });

    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup(Root).AddEndpointFilter(RefuseOtherMachines);
        control.MapGet("/journal", (Journal journal) => journal.Read());
        control.MapDelete("/journal", ClearJournal);
        control.MapGet("/limits", (RequestLimits limits) => limits.Settings);
        control.MapPut("/limits", SetLimits);
        control.MapGet("/faults", (FaultRules faults) => faults.All);
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", ClearFaults);
        control.MapClock();
        control.MapClients();
        control.MapGet("/users", ListUsers);
        control.MapPost("/users", AddUser);
        control.MapPut("/users/{name}", ChangeUser);
        control.MapPost("/users/{name}/tokens", IssueToken);
        control.MapDelete("/users/{name}/tokens", RevokeTokens);
        control.MapUserLists();
        control.MapCatalogueChanges();
    }

    private static async ValueTask<object?> RefuseOtherMachines(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) => IsThisMachine(context.HttpContext) ? await next(context) : Results.NotFound();

    public static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static IResult ClearJournal(Journal journal)
    {
        journal.Clear();
        return Results.NoContent();
    }

    private static IResult SetLimits(LimitSettings settings, RequestLimits limits)
    {
        if (settings is { PerMinute: < 0 } or { Burst: < 0 } or { Advertised: < 0 })
        {
            return Results.BadRequest(new ControlError("A limit is no less than nothing."));
        }

        limits.Settings = settings;
        return Results.Ok(settings);
    }

    private static IResult AddFault(FaultRule rule, FaultRules faults, UserAccounts accounts)
    {
        if (rule.Mistake is { } mistake)
        {
            return Results.BadRequest(new ControlError(mistake));
        }

        if (rule.User is { } name && accounts.Find(name) is null)
        {
            return Results.BadRequest(new ControlError($"There is no user {name}."));
        }

        faults.Add(rule);
        return Results.Created("/_sandbox/faults", rule);
    }

    private static IResult ClearFaults(FaultRules faults)
    {
        faults.Clear();
        return Results.NoContent();
    }

    private static IResult AddUser(NewUser wanted, UserAccounts accounts)
    {
        if (!UserAccounts.IsName(wanted.Name))
        {
            return Results.BadRequest(new ControlError(NameRule));
        }

        return accounts.Add(wanted.Name) is { } user
            ? Results.Created($"{Root}/users/{user.Name}", new UserResponse(user.Id, user.Name))
            : Results.Conflict(new ControlError($"{wanted.Name} is taken."));
    }

    private static IResult ChangeUser(string name, ChangeUser change, UserAccounts accounts)
    {
        if (accounts.Find(name) is not { } user)
        {
            return Unknown(name);
        }

        if (change.Name is not null && !UserAccounts.IsName(change.Name))
        {
            return Results.BadRequest(new ControlError(NameRule));
        }

        if (change.Name is { } wanted && accounts.Find(wanted) is { } other && other.Id != user.Id)
        {
            return Results.Conflict(new ControlError($"{wanted} is taken."));
        }

        var changed = accounts.Change(
            user.Id,
            found => found with { Name = change.Name ?? found.Name, IsPrivate = change.Private ?? found.IsPrivate }
        );
        return Results.Ok(new UserResponse(user.Id, changed.Name));
    }

    private static IReadOnlyList<UserResponse> ListUsers(UserAccounts accounts) =>
        [.. accounts.All.Select(user => new UserResponse(user.Id, user.Name))];

    private static IResult IssueToken(string name, UserAccounts accounts, AccessTokens tokens) =>
        accounts.Find(name) is { } user ? Results.Ok(new TokenResponse(tokens.Issue(user, "sandbox"))) : Unknown(name);

    private static IResult RevokeTokens(string name, UserAccounts accounts, AccessTokens tokens)
    {
        if (accounts.Find(name) is not { } user)
        {
            return Unknown(name);
        }

        tokens.RevokeAll(user);
        return Results.NoContent();
    }

    private static IResult Unknown(string name) => Results.NotFound(new ControlError($"There is no user {name}."));
}

public sealed record UserResponse(int Id, string Name);

/// <summary>Somebody new, with an empty list.</summary>
public sealed record NewUser(string Name);

/// <summary>What is named changes.</summary>
public sealed record ChangeUser(string? Name = null, bool? Private = null);

public sealed record TokenResponse([property: JsonPropertyName("access_token")] string AccessToken);

public sealed record ControlError(string Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JournalResponse))]
[JsonSerializable(typeof(LimitSettings))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(IReadOnlyList<FaultRule>))]
[JsonSerializable(typeof(IReadOnlyList<UserResponse>))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(ChangeUser))]
[JsonSerializable(typeof(ListEntryResponse))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ControlError))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
