using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>All heaps right after one GC, as the runtime reports them.</summary>
/// <param name="Index">0-based index of the operation that ran it.</param>
/// <param name="Generation">The oldest generation that was collected.</param>
/// <param name="Compacted">1 when small objects were moved.</param>
/// <param name="Heaps">Size and fragmentation of generations 0 to 2, large and pinned objects, in bytes.</param>
internal readonly record struct GcHeaps(int Index, int Generation, int Compacted, GcHeaps.Sizes Heaps)
{
    public static GcHeaps Last(int index)
    {
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        Sizes sizes = default;
        for (int i = 0; i < last.GenerationInfo.Length; i++)
        {
            sizes[2 * i] = last.GenerationInfo[i].SizeAfterBytes;
            sizes[(2 * i) + 1] = last.GenerationInfo[i].FragmentationAfterBytes;
        }

        return new GcHeaps(index, last.Generation, last.Compacted ? 1 : 0, sizes);
    }

    public void Write(TextWriter output)
    {
        output.Write(FormattableString.Invariant($"heaps {Index} {Generation} {Compacted}"));
        foreach (long bytes in Heaps)
            output.Write(FormattableString.Invariant($" {bytes}"));
        output.WriteLine();
    }

    [InlineArray(Length)]
    internal struct Sizes
    {
        public const int Length = 10;

        private long _first;
    }
}
