using System.Threading.Tasks;
using FragGuard.Collector.Sessions;

namespace FragGuard.FragTrace.Commands;

/// <summary>Says what a verb is about to do to a process that it makes collect.</summary>
internal static class ForcedGcNote
{
    /// <param name="processId">A .NET process.</param>
    /// <param name="first">The sentence on the GC that is asked for.</param>
    public static async Task<string> OfAsync(int processId, string first)
    {
        ForcedGcs gcs = await ForcedGcs.OfAsync(processId).ConfigureAwait(false);
        return gcs.Count == 1 ? first : $"{first} Its runtime, .NET {gcs.RuntimeVersion}, does another one when that is over.";
    }
}
