using System.Net;
using System.Text.Json.Serialization;
using AnimeSync.Sandbox.Accounts;
using AnimeSync.Sandbox.OAuth;

namespace AnimeSync.Sandbox.Control;

/// <summary>What tests and developers steer the sandbox with; answered to this machine only.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/_sandbox").AddEndpointFilter(RefuseOtherMachines);
        control.MapGet("/journal", (Journal journal) => Json(journal.Read()));
        control.MapDelete("/journal", ClearJournal);
        control.MapGet("/limits", (RequestLimits limits) => Json(limits.Settings));
        control.MapPut("/limits", SetLimits);
        control.MapGet("/faults", (FaultRules faults) => Json(faults.All));
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", ClearFaults);
        control.MapGet(
            "/users",
            (UserAccounts accounts) => Json(accounts.All.Select(user => new UserResponse(user.Id, user.Name)))
        );
        control.MapPut("/users/{name}", RenameUser);
        control.MapPost("/users/{name}/tokens", IssueToken);
        control.MapDelete("/users/{name}/tokens", RevokeTokens);
    }

    private static async ValueTask<object?> RefuseOtherMachines(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? await next(context)
            : Results.NotFound();

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ControlJsonContext.Default, statusCode: status);

    private static IResult ClearJournal(Journal journal)
    {
        journal.Clear();
        return Results.NoContent();
    }

    private static async Task<IResult> SetLimits(HttpRequest request, RequestLimits limits)
    {
        var settings = (LimitSettings)
            (await request.ReadFromJsonAsync(typeof(LimitSettings), ControlJsonContext.Default))!;
        limits.Settings = settings;
        return Json(settings);
    }

    private static async Task<IResult> AddFault(HttpRequest request, FaultRules faults)
    {
        var rule = (FaultRule)(await request.ReadFromJsonAsync(typeof(FaultRule), ControlJsonContext.Default))!;
        if (!FaultAnswers.Kinds.Contains(rule.Kind))
        {
            return Json(new ControlError($"There is no fault {rule.Kind}."), StatusCodes.Status400BadRequest);
        }

        faults.Add(rule);
        return Json(rule, StatusCodes.Status201Created);
    }

    private static IResult ClearFaults(FaultRules faults)
    {
        faults.Clear();
        return Results.NoContent();
    }

    private static async Task<IResult> RenameUser(string name, HttpRequest request, UserAccounts accounts)
    {
        var change = (RenameUser)(await request.ReadFromJsonAsync(typeof(RenameUser), ControlJsonContext.Default))!;
        if (accounts.Find(name) is not { } user)
        {
            return Unknown(name);
        }

        if (accounts.Find(change.Name) is { } other && other.Id != user.Id)
        {
            return Json(new ControlError($"{change.Name} is taken."), StatusCodes.Status409Conflict);
        }

        accounts.Change(user.Id, found => found with { Name = change.Name });
        return Json(new UserResponse(user.Id, change.Name));
    }

    private static IResult IssueToken(string name, UserAccounts accounts, AccessTokens tokens) =>
        accounts.Find(name) is { } user ? Json(new TokenResponse(tokens.Issue(user, "sandbox"))) : Unknown(name);

    private static IResult RevokeTokens(string name, UserAccounts accounts, AccessTokens tokens)
    {
        if (accounts.Find(name) is not { } user)
        {
            return Unknown(name);
        }

        tokens.RevokeAll(user);
        return Results.NoContent();
    }

    private static IResult Unknown(string name) =>
        Json(new ControlError($"There is no user {name}."), StatusCodes.Status404NotFound);
}

public sealed record UserResponse(int Id, string Name);

public sealed record RenameUser(string Name);

public sealed record TokenResponse([property: JsonPropertyName("access_token")] string AccessToken);

public sealed record ControlError(string Message);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JournalResponse))]
[JsonSerializable(typeof(LimitSettings))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(IReadOnlyList<FaultRule>))]
[JsonSerializable(typeof(IEnumerable<UserResponse>))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(RenameUser))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ControlError))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
