using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Findings;

/// <summary>What a recording offers to judges.</summary>
/// <param name="Run">The recording.</param>
/// <param name="Heap">Its GC heap in the steady state.</param>
public sealed record RunEvidence(RecordedRun Run, HeapSummary Heap)
{
    /// <summary>Lost events / all events.</summary>
    public double LostRatio =>
        Run.EventsLost == 0 ? 0 : (double)Run.EventsLost / (Run.EventsLost + Run.EventsRead);
}
