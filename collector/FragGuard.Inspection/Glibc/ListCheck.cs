using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Whether the free chunks met on the way through the heaps are those in the arena's lists, without following one. In rings
/// linked both ways every member is the next of exactly one and the one before of exactly one: the members, all their
/// forward pointers and all their backward pointers are the same addresses in another order, so their hashes have one sum.
/// </summary>
internal struct ListCheck
{
    private ulong _members;
    private ulong _forward;
    private ulong _back;

    public readonly bool Holds => _members == _forward && _members == _back;

    public void Add(ulong member, ulong forward, ulong back)
    {
        _members += Hash(member);
        _forward += Hash(forward);
        _back += Hash(back);
    }

    public void Add(ListCheck other)
    {
        _members += other._members;
        _forward += other._forward;
        _back += other._back;
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
