using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AnimeSync.Api.Http;

/// <summary>Words the refusals that the framework decides on: statuses without a body, bindings that failed.</summary>
internal static partial class Refusals
{
    private static readonly string[] _notAcceptable = ["Not acceptable."];

    private static readonly PathString _graphQL = "/graphql";

    public static Task ForStatus(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var problem = status switch
        {
            400 => Problems.MalformedRequest,
            401 => Problems.Unauthenticated,
            403 => Problems.Forbidden,
            404 => Problems.NotFound,
            405 => Problems.MethodNotAllowed,
            408 => Problems.RequestTimeout,
            413 => Problems.PayloadTooLarge,
            415 => Problems.UnsupportedMediaType,
            429 => Problems.QuotaExceeded,
            503 => Problems.TemporarilyUnavailable,
            >= 500 => Problems.Internal,
            _ => Problems.MalformedRequest with { Status = status },
        };
        return problem.WriteAsync(context);
    }

    public static ProblemHttpResult ForBadRequest(BadHttpRequestException exception) =>
        exception.StatusCode switch
        {
            StatusCodes.Status408RequestTimeout => Problems.RequestTimeout.ToResult(),
            StatusCodes.Status413PayloadTooLarge => Problems.PayloadTooLarge.ToResult(),
            StatusCodes.Status415UnsupportedMediaType => Problems.UnsupportedMediaType.ToResult(),
            _ => ForFields(FaultyFields(exception)),
        };

    /// <summary>A 400 that names the faulty fields, and never their values.</summary>
    public static ProblemHttpResult ForFields(params IReadOnlyCollection<string> fields) =>
        fields.Count == 0
            ? Problems.MalformedRequest.ToResult()
            : ForErrors(fields.Distinct().ToDictionary(field => field, _ => _notAcceptable));

    /// <summary>A 400 that says what the field should hold.</summary>
    public static ProblemHttpResult ForField(string field, string expected) =>
        ForErrors(new() { [field] = [expected] });

    /// <summary>
    /// Gives every problem its trace, the framework's validation problems our slug and the body's spelling, and those on
    /// /graphql what a GraphQL client looks for, whoever refused.
    /// </summary>
    public static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Status ??= context.HttpContext.Response.StatusCode;
        context.ProblemDetails.Extensions["traceId"] = TraceOf(context.HttpContext);
        if (context.ProblemDetails is HttpValidationProblemDetails invalid)
        {
            invalid.Type = Problems.ValidationFailed.Type;
            invalid.Title = Problems.ValidationFailed.Title;
            invalid.Errors = invalid.Errors.ToDictionary(error => CamelCase(error.Key), error => error.Value);
        }
        else if (context.HttpContext.Request.Path.StartsWithSegments(_graphQL))
        {
            CompleteForGraphQL(context.ProblemDetails);
        }
    }

    /// <summary>What a problem document and the log call one request; the span helps nobody outside.</summary>
    public static string TraceOf(HttpContext context) =>
        Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static ProblemHttpResult ForErrors(Dictionary<string, string[]> errors) =>
        Problems.ValidationFailed.ToResult(extensions: new Dictionary<string, object?> { ["errors"] = errors });

    private static void CompleteForGraphQL(ProblemDetails problem)
    {
        if (problem.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            problem.Detail ??= "Send application/json in UTF-8, without a content coding.";
        }

        var error = new JsonObject { ["message"] = problem.Detail ?? problem.Title, ["status"] = problem.Status };
        problem.Extensions["errors"] = new JsonArray(error);
        problem.Extensions["data"] = null;
    }

    internal static string CamelCase(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static IReadOnlyCollection<string> FaultyFields(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json)
        {
            // A syntax error has the reader's own exception inside; the path then only says how far it came.
            return json.InnerException is JsonException ? [] : FieldsOf(json);
        }

        return ParameterName().Match(exception.Message) is { Success: true } match ? [match.Groups[1].Value] : [];
    }

    private static IReadOnlyCollection<string> FieldsOf(JsonException exception)
    {
        var parent = exception.Path is { Length: > 2 } path ? path[2..] : null;
        if (exception is NullElementException inside)
        {
            return [parent is null ? inside.Field : $"{parent}.{inside.Field}"];
        }

        var missing = MissingMembers().Match(exception.Message);
        if (missing.Success)
        {
            var names = QuotedName().Matches(missing.Value).Select(match => match.Groups[1].Value);
            return [.. names.Select(name => parent is null ? name : $"{parent}.{name}")];
        }

        return parent is null ? ["body"] : [parent];
    }

    // The framework's exceptions carry names only in their English messages.
    [GeneratedRegex("""[Pp]arameter "[^"]*?(\w+)" (?:from|was not provided from (?:route|query))""")]
    private static partial Regex ParameterName();

    [GeneratedRegex("missing required properties.*$")]
    private static partial Regex MissingMembers();

    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex QuotedName();
}
