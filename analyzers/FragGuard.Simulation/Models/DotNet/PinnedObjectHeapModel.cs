using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The pinned object heap of .NET 8 to 10 with regions, workstation GC, 64-bit (coreclr gc: allocation, sweep and
/// dynamic tuning). Every block is an array allocated with <c>pinned: true</c>, whatever its traits; its bytes are the
/// payload. The model adds the array header and rounds up to 8. Free makes an object unreachable; its bytes come back
/// with the next full GC. Objects of this heap never move.
/// <para>Exact: place of every object when full GCs block, budget and moment of a full GC that the heap triggers itself
/// in a program that allocates nothing else.</para>
/// <para>Approximated: as for the large object heap. The arrays in which the runtime keeps static fields, a few
/// kilobytes at the start of the heap, are not there.</para>
/// </summary>
public sealed class PinnedObjectHeapModel : UserOldHeapModel
{
    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public PinnedObjectHeapModel(ModelSettings settings)
        : base(settings, UohRules.PinnedObjects)
    {
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-poh",
        "pinned object heap of .NET 8 to 10, regions, workstation GC",
        "addresses and self-started full GCs exact when full GCs block; background GCs last a set number of bytes; "
            + "server GC is not modelled",
        "L is the payload of reachable pinned arrays; A adds header and rounding; C and R are the committed bytes of the "
            + "regions; F is the gaps on the free lists: neither a region's end nor garbage that no full GC has found",
        TakesCacheEvents: false,
        SharedSettings,
        settings => new PinnedObjectHeapModel(settings));

    private protected override bool Takes(in AllocationEvent request) => true;
}
