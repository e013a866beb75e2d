namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>One full GC of a real process, as <c>GC.GetGCMemoryInfo</c> reports it.</summary>
internal sealed record RuntimeGc(
    long Index, long SizeBytes, long FragmentationBytes, long HeapBytes, long CommittedBytes, bool IsConcurrent)
{
    public double Fragmentation => (double)FragmentationBytes / SizeBytes;
}
