using System;
using System.IO;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>The large object heap right after one full GC, as the runtime reports it.</summary>
/// <param name="Number">Number of the GC among all GCs of the process.</param>
/// <param name="StartIndex">0-based index of the operation that saw it start.</param>
/// <param name="Index">0-based index of the operation that saw its end.</param>
/// <param name="SizeBytes">Size of the large object heap.</param>
/// <param name="FragmentationBytes">The part of it that is free.</param>
/// <param name="HeapBytes">Size of the whole GC heap.</param>
/// <param name="CommittedBytes">Bytes the GC has committed.</param>
internal readonly record struct FullGc(
    long Number, int StartIndex, int Index, long SizeBytes, long FragmentationBytes, long HeapBytes, long CommittedBytes)
{
    public static FullGc Last(int startIndex, int index)
    {
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        GCMemoryInfo background = GC.GetGCMemoryInfo(GCKind.Background);
        GCMemoryInfo last = blocking.Index > background.Index ? blocking : background;
        GCGenerationInfo large = last.GenerationInfo[3];
        return new FullGc(
            last.Index, startIndex, index, large.SizeAfterBytes, large.FragmentationAfterBytes, last.HeapSizeBytes,
            last.TotalCommittedBytes);
    }

    public void Write(TextWriter output) => output.WriteLine(FormattableString.Invariant(
        $"gc {StartIndex} {Index} {SizeBytes} {FragmentationBytes} {HeapBytes} {CommittedBytes}"));
}
