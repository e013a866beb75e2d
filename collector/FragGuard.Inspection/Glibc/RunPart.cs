namespace FragGuard.Inspection.Glibc;

/// <summary>Runs of one heap that lie one behind the other, in 4 bytes each: their length, a multiple of 8, and in its low bits their use.</summary>
/// <param name="Start">Address of the first run.</param>
/// <param name="End">First address behind the last one.</param>
/// <param name="Entries">An entry of <see cref="MostBytes"/> is continued by the next one.</param>
/// <param name="Runs">How many there are.</param>
internal readonly record struct RunPart(ulong Start, ulong End, uint[] Entries, int Runs)
{
    /// <summary>Bits of an entry that tell the use.</summary>
    public const uint UseBits = 7;

    /// <summary>The length of an entry that the next one continues.</summary>
    public const uint MostBytes = uint.MaxValue & ~UseBits;
}
