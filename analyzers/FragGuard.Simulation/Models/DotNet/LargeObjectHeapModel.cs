using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The large object heap of .NET 8 to 10 with regions, workstation GC, 64-bit (coreclr gc: allocation, sweep, plan and
/// dynamic tuning). A block's bytes are the payload of an array: the model adds the array header, rounds up to 8 and
/// puts the 32-byte pad in front. Free makes an object unreachable; its bytes come back with the next full GC. Objects
/// of the pinned object heap and small ones are ignored.
/// <para>Exact: place of every object when full GCs block, budget and moment of a full GC that the heap triggers
/// itself in a program that allocates nothing else, compaction by request and by GCConserveMemory.</para>
/// <para>Approximated: a background GC finds all garbage when it starts, ends after a set number of allocated bytes and
/// sweeps at once; regions that empty are returned at once, where the runtime keeps some for a while; each region gets
/// new addresses; the small object heap counts as empty; memory ends with the address space.</para>
/// <para>In the layout an unreachable object is metadata until it is collected, as are pads, lost remainders, region
/// headers and committed bytes behind the last object. Committed bytes follow the runtime's commit steps.</para>
/// </summary>
public sealed class LargeObjectHeapModel : UserOldHeapModel
{
    private readonly bool _compactsOnTrim;
    private readonly long _threshold;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public LargeObjectHeapModel(ModelSettings settings)
        : base(settings, UohRules.LargeObjects)
    {
        _compactsOnTrim = settings.Flag("compact");
        _threshold = settings.ByteCount("threshold", 1);
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-loh",
        "large object heap of .NET 8 to 10, regions, workstation GC",
        "addresses and self-started full GCs exact when full GCs block; background GCs last a set number of bytes; "
            + "server GC is not modelled",
        "L is the payload of reachable arrays; A adds header and rounding; C and R are the committed bytes of the regions; "
            + "F is the gaps on the free lists: neither a region's end, nor pads, nor garbage that no full GC has found",
        TakesCacheEvents: false,
        [
            .. SharedSettings,
            new("compact", "false", "whether trim compacts the heap (GCLargeObjectHeapCompactionMode.CompactOnce)"),
            new("threshold", "85000", "bytes of the smallest object on this heap, header included, rounding not"),
        ],
        settings => new LargeObjectHeapModel(settings))
    {
        Remedies = new(
            Capacity: null,
            [
                new("conserve", "5", "set DOTNET_GCConserveMemory=5"),
                new("conserve", "9", "set DOTNET_GCConserveMemory=9"),
            ],
            []),
    };

    private protected override bool CompactsOnTrim => _compactsOnTrim;

    private protected override bool CompactsToConserve => true;

    private protected override bool Takes(in AllocationEvent request) =>
        request.Bytes >= _threshold - LohLayout.HeaderBytes && (request.Traits & BlockTraits.Pinned) == BlockTraits.None;
}
