using System;
using System.Runtime.InteropServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>A freed chunk that looks used to its neighbours, in 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct CachedChunk : IComparable<CachedChunk>
{
    /// <summary>Larger ones are none: glibc itself caches up to 4 MiB.</summary>
    public const ulong MostBytes = uint.MaxValue * Unit;

    private const ulong Unit = 16;

    private readonly ulong _startAndUse;
    private readonly uint _units;

    /// <param name="start">A multiple of 16.</param>
    /// <param name="bytes">At most <see cref="MostBytes"/>.</param>
    /// <param name="use"><see cref="ChunkUse.FastBin"/> or <see cref="ChunkUse.ThreadCache"/>.</param>
    public CachedChunk(ulong start, ulong bytes, ChunkUse use)
    {
        _startAndUse = start | (ulong)use;
        _units = (uint)(bytes / Unit);
    }

    /// <summary>Its address.</summary>
    public ulong Start => _startAndUse & ~(Unit - 1);

    /// <summary>Its size, header included: a multiple of 16.</summary>
    public ulong Bytes => _units * Unit;

    /// <summary><see cref="ChunkUse.FastBin"/> or <see cref="ChunkUse.ThreadCache"/>.</summary>
    public ChunkUse Use => (ChunkUse)(_startAndUse & (Unit - 1));

    /// <summary>Orders chunks as <see cref="CompareTo"/> does; never <see cref="ulong.MaxValue"/>.</summary>
    public ulong Key => _startAndUse;

    /// <summary>By address; where two claim the same one, what is in a fastbin comes first.</summary>
    public int CompareTo(CachedChunk other) => _startAndUse.CompareTo(other._startAndUse);

    public static bool operator <(CachedChunk left, CachedChunk right) => left.CompareTo(right) < 0;

    public static bool operator <=(CachedChunk left, CachedChunk right) => left.CompareTo(right) <= 0;

    public static bool operator >(CachedChunk left, CachedChunk right) => left.CompareTo(right) > 0;

    public static bool operator >=(CachedChunk left, CachedChunk right) => left.CompareTo(right) >= 0;
}
