using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>What recyclable streams and memory pools of ASP.NET Core did, in words.</summary>
internal static class StreamWords
{
    public const string SinceListening =
        "These pools count from when the recording began to listen: what was pooled before is not in them, and pooled may be "
        + "below zero.";

    public static string Owner(MemoryPoolRow pool) => pool.Owner.Length == 0 ? "(not told)" : pool.Owner;

    /// <summary>One sentence each.</summary>
    public static IReadOnlyList<string> Facts(StreamReport streams)
    {
        string managers = streams.Managers switch
        {
            0 => "No manager was made during the recording",
            1 => "One manager was made during the recording",
            _ => $"{Amounts.Count(streams.Managers)} managers were made during the recording; events do not tell them apart",
        };
        string blocks = streams.BlockBytes is { } bytes ? $", with blocks of {Amounts.Bytes(bytes)}." : ".";
        List<string> facts = [managers + blocks];
        facts.Add(streams.Created is null
            ? $"Streams were not recorded one by one (level Informational): {Amounts.Count(streams.Finalized)} were never "
                + "disposed, how many live is unknown."
            : $"Streams: {PoolWords.Count(streams.Created)} created, {PoolWords.Count(streams.Disposed)} disposed, "
                + $"{Amounts.Count(streams.Finalized)} never disposed, {PoolWords.Count(streams.Outstanding)} live at the end.");
        if (streams.CopiedToArray > 0)
        {
            facts.Add($"Calls of ToArray: {Amounts.Count(streams.CopiedToArray.Value)}, which copied "
                + $"{Amounts.Bytes(streams.CopiedToArrayBytes ?? 0)} out of the pools.");
        }

        if (streams.DisposedTwice > 0)
            facts.Add($"Streams disposed of again: {Amounts.Count(streams.DisposedTwice)}.");
        if (streams.OverCapacity > 0)
            facts.Add($"Requests beyond the largest capacity allowed: {Amounts.Count(streams.OverCapacity)}.");
        if (streams.NeverPooled > 0)
            facts.Add($"Buffers too large for any pool: {Amounts.Count(streams.NeverPooled.Value)}.");
        return facts;
    }
}
