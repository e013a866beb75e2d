using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>One record of the driver's input.</summary>
internal readonly record struct DriverOperation(int Kind, int Alignment, long Id, long Bytes)
{
    private const int Allocate = 0;
    private const int Free = 1;
    private const int Reallocate = 2;
    private const int AllocateZeroed = 3;
    private const int AllocateAligned = 4;
    private const int Thread = 9;

    /// <summary>Answers with the usable bytes of a block.</summary>
    public static DriverOperation Usable(long id) => new(5, 0, id, 0);

    /// <summary>Answers with what the allocator says of itself.</summary>
    public static DriverOperation Checkpoint { get; } = new(6, 0, 0, 0);

    /// <summary>Answers with the address of a block.</summary>
    public static DriverOperation Address(long id) => new(8, 0, id, 0);

    private static DriverOperation Trim { get; } = new(7, 0, 0, 0);

    public static DriverOperation Of(in AllocationEvent played) => played.Kind switch
    {
        AllocationEventKind.Free => new DriverOperation(Free, 0, played.Id, 0),
        AllocationEventKind.Reallocate => new DriverOperation(Reallocate, 0, played.Id, played.Bytes),
        AllocationEventKind.Trim => Trim,
        AllocationEventKind.Thread => new DriverOperation(Thread, 0, played.Id, 0),
        _ when played.AlignmentBytes > 0 =>
            new DriverOperation(AllocateAligned, played.AlignmentBytes, played.Id, played.Bytes),
        _ when played.Traits == BlockTraits.Zeroed => new DriverOperation(AllocateZeroed, 0, played.Id, played.Bytes),
        _ => new DriverOperation(Allocate, 0, played.Id, played.Bytes),
    };
}
