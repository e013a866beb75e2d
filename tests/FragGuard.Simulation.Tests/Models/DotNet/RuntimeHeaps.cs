using System.Collections.Generic;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>All heaps of a real process after one GC.</summary>
/// <param name="Index">0-based index of the event that ran it; −1 before the first.</param>
/// <param name="Heaps">Generations 0 to 2, large and pinned objects.</param>
internal sealed record RuntimeHeaps(long Index, int Generation, bool Compacted, IReadOnlyList<GcGenerationSize> Heaps)
{
    private const int FirstHeap = 4;
    private const int HeapCount = 5;

    /// <summary>Reads a line of the replay.</summary>
    public static RuntimeHeaps Parse(string[] fields)
    {
        GcGenerationSize[] heaps = new GcGenerationSize[HeapCount];
        for (int i = 0; i < HeapCount; i++)
        {
            heaps[i] = new GcGenerationSize(
                RuntimeReplay.Number(fields[FirstHeap + (2 * i)]), RuntimeReplay.Number(fields[FirstHeap + (2 * i) + 1]));
        }

        return new RuntimeHeaps(
            RuntimeReplay.Number(fields[1]), (int)RuntimeReplay.Number(fields[2]), fields[3] is "1", heaps);
    }
}
