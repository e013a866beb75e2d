using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Walks a large region by several threads at once, each but the first from where a chunk seems to begin. A chunk tells where the next one is, so
/// a walk that comes to where another one began goes on as that one did: what they found together is what one walk finds. Where they
/// do not meet, one walk has to be made.
/// </summary>
internal static class HeapStretches
{
    /// <summary>Shorter ones are not worth a thread.</summary>
    public const long LeastBytes = 64 << 20;

    private const int Most = 8;

    /// <summary>How far a chunk is looked for.</summary>
    private const ulong MostSearchedBytes = 1 << 20;

    /// <summary>Stretches of a region; 1 where one walk has to be made.</summary>
    public static int CountOf(HeapRegion region) =>
        region.MayHoldOthers ? 1 : (int)Math.Clamp(region.Bytes / LeastBytes, 1, Math.Min(Most, Environment.ProcessorCount));

    /// <summary>Walks that met, in order; null when they did not.</summary>
    /// <param name="region">The region.</param>
    /// <param name="top">The arena's top.</param>
    /// <param name="memories">What each of them reads.</param>
    /// <param name="walkOf">Makes the walk of a stretch that begins at an address: they count into the same pages, and share nothing else.</param>
    public static IReadOnlyList<HeapWalk>? TryWalk(HeapRegion region, ulong top, IReadOnlyList<HeapMemory> memories, Func<int, ulong, HeapWalk> walkOf)
    {
        ulong end = region.Contains(top) ? top : region.End;
        ulong[] starts = new ulong[memories.Count];
        starts[0] = region.FirstChunk;
        for (int i = 1; i < starts.Length; i++)
        {
            ulong from = starts[0] + ((end - starts[0]) / (ulong)starts.Length * (ulong)i);
            starts[i] = new ChunkSearch(memories[i], region, top).FirstFrom(from, ChunkFormat.Alignment, MostSearchedBytes);
            if (starts[i] <= starts[i - 1] || starts[i] >= end)
                return null;
        }

        HeapWalk[] walks = [.. starts.Select((start, i) => walkOf(i, i == 0 ? region.Start : start))];
        bool[] met = new bool[walks.Length];
        walks[0].PassRecords();
        Parallel.For(0, walks.Length, i => met[i] = TryRun(walks[i], starts, i));
        return met.All(each => each) ? walks : null;
    }

    private static bool TryRun(HeapWalk walk, ulong[] starts, int stretch)
    {
        if (stretch + 1 < starts.Length)
            return walk.TryRunTo(starts[stretch], starts[stretch + 1]);
        walk.RunFrom(starts[stretch]);
        return true;
    }
}
