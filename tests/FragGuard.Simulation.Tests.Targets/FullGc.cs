using System;
using System.IO;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>The heap of large or pinned objects right after one full GC, as the runtime reports it.</summary>
/// <param name="Number">Number of the GC among all GCs of the process.</param>
/// <param name="StartIndex">0-based index of the operation that saw it start.</param>
/// <param name="Index">0-based index of the operation that saw its end.</param>
/// <param name="SizeBytes">Size of that heap.</param>
/// <param name="FragmentationBytes">The part of it that is free.</param>
/// <param name="HeapBytes">Size of the whole GC heap.</param>
/// <param name="CommittedBytes">Bytes the GC has committed.</param>
internal readonly record struct FullGc(
    long Number, int StartIndex, int Index, long SizeBytes, long FragmentationBytes, long HeapBytes, long CommittedBytes)
{
    public const int LargeObjectHeap = 3;
    public const int PinnedObjectHeap = 4;

    /// <summary>The last full GC so far.</summary>
    /// <param name="heap">The heap looked at, by its number among the generations.</param>
    public static FullGc Last(int heap, int startIndex, int index)
    {
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        GCMemoryInfo background = GC.GetGCMemoryInfo(GCKind.Background);
        GCMemoryInfo last = blocking.Index > background.Index ? blocking : background;
        GCGenerationInfo looked = last.GenerationInfo[heap];
        return new FullGc(
            last.Index, startIndex, index, looked.SizeAfterBytes, looked.FragmentationAfterBytes, last.HeapSizeBytes,
            last.TotalCommittedBytes);
    }

    public void Write(TextWriter output) => output.WriteLine(FormattableString.Invariant(
        $"gc {StartIndex} {Index} {SizeBytes} {FragmentationBytes} {HeapBytes} {CommittedBytes}"));
}
