namespace FragGuard.Inspection.Glibc;

/// <summary>Where chunks of one arena lie one behind the other.</summary>
/// <param name="Start">First byte that belongs to it, records included.</param>
/// <param name="FirstChunk">Address of the first chunk.</param>
/// <param name="End">First address behind it.</param>
/// <param name="IsMain">Whether the main arena has it.</param>
/// <param name="MayHoldOthers">Whether memory of others can lie between its chunks.</param>
internal readonly record struct HeapRegion(ulong Start, ulong FirstChunk, ulong End, bool IsMain, bool MayHoldOthers = false)
{
    public long Bytes => (long)(End - Start);

    public bool Contains(ulong address) => address >= Start && address < End;
}
