using FragGuard.Collector.Tests.Heaps;
using FragGuard.Collector.Tests.Pools;
using FragGuard.Collector.Tests.Sites;
using FragGuard.Collector.Tests.Snapshots;

namespace FragGuard.Collector.Tests.OlderRuntimes;

/// <summary>What holds of programs on the runtime of these tests holds of programs on .NET 9.</summary>
public static class OnNet9
{
    public sealed class HeapReconstruction() : HeapReconstructionTests(TargetRuntime.Net9);

    public sealed class RecordedGcs() : RecordedGcTests(TargetRuntime.Net9);

    public sealed class Pins() : PinTests(TargetRuntime.Net9);

    public sealed class Pools() : PoolTruthTests(TargetRuntime.Net9);

    public sealed class Sites() : SiteResolverTests(TargetRuntime.Net9);

    public sealed class HeapTruth() : HeapTruthTests(TargetRuntime.Net9);

    public sealed class CacheTruth() : CacheTruthTests(TargetRuntime.Net9);

    public sealed class Sessions() : OlderRuntimeTests(TargetRuntime.Net9);
}
