using AnimeSync.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnimeSync.Api.Library;

/// <summary>The problems that an edit can meet.</summary>
internal static class EntryRefusals
{
    public static ProblemHttpResult ToResult(EntryRefusal refusal, EntryState state, ScoreFormat format) =>
        refusal switch
        {
            EntryRefusal.Invalid invalid => Problems.ValidationFailed.ToResult(
                extensions: new Dictionary<string, object?>
                {
                    ["errors"] = invalid
                        .Problems.GroupBy(problem => problem.Field.WireName())
                        .ToDictionary(group => group.Key, group => group.Select(one => one.Message).ToArray()),
                }
            ),
            EntryRefusal.NotAsExpected => Problems.PreconditionFailed.ToResult(
                extensions: new Dictionary<string, object?> { ["current"] = EntryResponse.Of(state, format) }
            ),
            EntryRefusal.ChangedSince since => Problems.Conflict.ToResult(
                "The entry was changed again since.",
                new Dictionary<string, object?>
                {
                    ["changedSince"] = since.Difference.Fields.Select(field => field.WireName()).ToArray(),
                    ["current"] = EntryResponse.Of(state, format),
                }
            ),
            _ => Problems.NotFound.ToResult(),
        };
}
