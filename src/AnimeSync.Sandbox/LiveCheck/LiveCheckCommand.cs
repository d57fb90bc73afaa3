namespace AnimeSync.Sandbox.LiveCheck;

/// <summary>Asks a server the questions and prints confirmed or different for each; unchecked where nothing could be learnt.</summary>
internal static class LiveCheckCommand
{
    private const int AllConfirmed = 0;
    private const int SomethingDiffers = 1;
    private const int NothingKnown = 2;

    public static async Task<int> RunAsync(LiveCheckOptions options, TextWriter output)
    {
        using var probe = new LiveProbe(options);
        var (confirmed, different, uncheckedOnes) = (0, 0, 0);
        string? stopped = null;
        foreach (var assumption in Assumptions.All(options))
        {
            var (reply, reason) = stopped is null ? await TryAskAsync(probe, assumption) : (null, stopped);
            if (reply is null)
            {
                uncheckedOnes++;
                // Who is told to wait, or is not answered at all, does not go on asking.
                stopped = reason;
                await output.WriteLineAsync($"unchecked  {assumption.Claim}: {reason}");
            }
            else if (reply.Useless is { } useless && !(assumption.ExpectsDisabled && reply.IsDisabled))
            {
                uncheckedOnes++;
                stopped = reply.Status == 429 || reply.IsDisabled ? useless : null;
                await output.WriteLineAsync($"unchecked  {assumption.Claim}: {useless}");
            }
            else if (assumption.Difference(reply) is { } seen)
            {
                different++;
                await output.WriteLineAsync($"different  {assumption.Claim}: {seen}");
            }
            else
            {
                confirmed++;
                await output.WriteLineAsync($"confirmed  {assumption.Claim}");
            }
        }

        await output.WriteLineAsync(
            $"{confirmed} confirmed, {different} different, {uncheckedOnes} unchecked, {probe.Requests} requests to {options.GraphQL}"
        );
        return different > 0 ? SomethingDiffers
            : uncheckedOnes > 0 ? NothingKnown
            : AllConfirmed;
    }

    private static async Task<(LiveReply? Reply, string Reason)> TryAskAsync(LiveProbe probe, Assumption assumption)
    {
        try
        {
            return (await probe.AskAsync(assumption.Question), string.Empty);
        }
        catch (HttpRequestException error)
        {
            return (null, $"no answer ({error.HttpRequestError})");
        }
        catch (TaskCanceledException)
        {
            return (null, "no answer in time");
        }
    }
}
