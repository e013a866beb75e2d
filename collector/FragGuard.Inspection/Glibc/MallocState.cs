using System;
using System.Buffers.Binary;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>One arena's record as it was read, checked to be one.</summary>
internal sealed class MallocState
{
    private const ulong MostAddress = 1UL << 56;
    private const ulong MostThreads = 1UL << 22;
    private const int NonContiguous = 2;

    private readonly byte[] _bytes;

    private MallocState(ulong address, MallocStateLayout layout, byte[] bytes)
    {
        Address = address;
        Layout = layout;
        _bytes = bytes;
    }

    public ulong Address { get; }

    public MallocStateLayout Layout { get; }

    /// <summary>The chunk from which memory is cut that no free one serves.</summary>
    public ulong Top => Word(Layout.TopAt);

    public ulong Next => Word(Layout.NextAt);

    public long AttachedThreads => (long)Word(Layout.AttachedThreadsAt);

    /// <summary>Bytes it holds from the system, as <c>mallinfo2</c> counts them.</summary>
    public long SystemBytes => (long)Word(Layout.SystemBytesAt);

    /// <summary>Whether the main arena had to take memory elsewhere than behind its end.</summary>
    public bool IsContiguous => (BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(MallocStateLayout.FlagsAt)) & NonContiguous) == 0;

    public ulong FirstOf(int bin) => Word(Layout.BinsAt + (bin * 16));

    public ulong LastOf(int bin) => Word(Layout.BinsAt + (bin * 16) + 8);

    public ulong FastBin(int bin) => Word(Layout.FastBinsAt + (bin * 8));

    /// <summary>Null where no such record can be.</summary>
    public static MallocState? TryRead(IMemorySource memory, ulong address, MallocStateLayout layout)
    {
        byte[] bytes = new byte[layout.Bytes];
        return memory.TryReadAll(address, bytes) ? TryFrom(bytes, address, layout) : null;
    }

    /// <summary>Null when the bytes are none; copies them otherwise.</summary>
    public static MallocState? TryFrom(ReadOnlySpan<byte> bytes, ulong address, MallocStateLayout layout) =>
        IsPlausible(bytes, address, layout) ? new MallocState(address, layout, bytes[..layout.Bytes].ToArray()) : null;

    /// <summary>An address of the program: what a pointer may hold.</summary>
    public static bool IsAddress(ulong address) => address is >= 4096 and < MostAddress;

    private static bool IsPlausible(ReadOnlySpan<byte> bytes, ulong address, MallocStateLayout layout)
    {
        ulong next = WordOf(bytes, layout.NextAt);
        ulong system = WordOf(bytes, layout.SystemBytesAt);
        ulong most = WordOf(bytes, layout.MostSystemBytesAt);
        ulong top = WordOf(bytes, layout.TopAt);
        if (!IsAddress(next) || next % 8 != 0 || !IsAddress(top) || top % 8 != 0
            || system > most || most >= MostAddress || WordOf(bytes, layout.AttachedThreadsAt) > MostThreads)
        {
            return false;
        }

        for (int bin = 0; bin < MallocStateLayout.Bins; bin++)
        {
            ulong head = layout.HeadOf(address, bin);
            ulong first = WordOf(bytes, layout.BinsAt + (bin * 16));
            ulong last = WordOf(bytes, layout.BinsAt + (bin * 16) + 8);
            bool isEmpty = first == head && last == head;
            bool isFilled = first != head && last != head && IsChunk(first) && IsChunk(last);
            if (!isEmpty && !isFilled)
                return false;
        }

        return true;
    }

    private static bool IsChunk(ulong address) => IsAddress(address) && address % 16 == 0;

    private ulong Word(int at) => WordOf(_bytes, at);

    private static ulong WordOf(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
