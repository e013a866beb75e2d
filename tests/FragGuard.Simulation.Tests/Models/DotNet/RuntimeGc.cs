namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>One full GC of a real process, as <c>GC.GetGCMemoryInfo</c> reports it.</summary>
/// <param name="StartIndex">0-based index of the event in which it started.</param>
/// <param name="Index">0-based index of the event in which it ended; later when it ran in the background.</param>
internal sealed record RuntimeGc(
    long StartIndex, long Index, long SizeBytes, long FragmentationBytes, long HeapBytes, long CommittedBytes)
{
    public double Fragmentation => (double)FragmentationBytes / SizeBytes;
}
