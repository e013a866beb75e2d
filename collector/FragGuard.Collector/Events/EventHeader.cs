using System;

namespace FragGuard.Collector.Events;

/// <summary>The header of an event. In a compressed block each repeats the one before, except for what it says.</summary>
internal struct EventHeader
{
    private const int HasKind = 1;
    private const int HasCapture = 2;
    private const int HasThread = 4;
    private const int HasStack = 8;
    private const int HasActivity = 16;
    private const int HasRelatedActivity = 32;
    private const int Sorted = 64;
    private const int HasLength = 128;
    private const int ActivityBytes = 16;
    private const int Alignment = 4;

    public int Kind;
    public uint Sequence;
    public long CaptureThread;
    public long Thread;
    public int Stack;
    public long Ticks;
    public int PayloadBytes;

    /// <summary>Whether no later event of the file is older.</summary>
    public bool IsSorted;

    /// <summary>Leaves the cursor at the payload.</summary>
    /// <returns>Where the next event begins: never before the end of this one's payload, which lies within the block.</returns>
    public int Read(ref BlockCursor cursor, bool isCompressed)
    {
        BlockCursor after;
        if (!isCompressed)
        {
            int end = ReadPlain(ref cursor);
            after = cursor;
            after.Skip(PayloadBytes);
            after.Skip(end - after.Position);
            return after.Position;
        }

        ReadCompressed(ref cursor);
        after = cursor;
        after.Skip(PayloadBytes);
        return after.Position;
    }

    private void ReadCompressed(ref BlockCursor cursor)
    {
        int flags = cursor.ReadByte();
        if ((flags & HasKind) != 0)
            Kind = (int)cursor.ReadVariable();
        if ((flags & HasCapture) != 0)
        {
            Sequence += (uint)cursor.ReadVariable();
            CaptureThread = (long)cursor.ReadVariable();
            cursor.ReadVariable();
        }

        // Definitions of kinds are not numbered.
        if (Kind != 0)
            Sequence++;
        if ((flags & HasThread) != 0)
            Thread = (long)cursor.ReadVariable();
        if ((flags & HasStack) != 0)
            Stack = (int)cursor.ReadVariable();
        Ticks += (long)cursor.ReadVariable();
        if ((flags & HasActivity) != 0)
            cursor.Skip(ActivityBytes);
        if ((flags & HasRelatedActivity) != 0)
            cursor.Skip(ActivityBytes);
        IsSorted = (flags & Sorted) != 0;
        if ((flags & HasLength) != 0)
            PayloadBytes = (int)cursor.ReadVariable();
    }

    private int ReadPlain(ref BlockCursor cursor)
    {
        long bytes = (uint)cursor.ReadInt32();
        long end = cursor.Position + bytes;
        int kind = cursor.ReadInt32();
        Kind = kind & int.MaxValue;
        IsSorted = kind < 0;
        Sequence = (uint)cursor.ReadInt32();
        Thread = cursor.ReadInt64();
        CaptureThread = cursor.ReadInt64();
        cursor.Skip(sizeof(int));
        Stack = cursor.ReadInt32();
        Ticks = cursor.ReadInt64();
        cursor.Skip(2 * ActivityBytes);
        PayloadBytes = cursor.ReadInt32();
        return (int)Math.Min(int.MaxValue, (end + Alignment - 1) / Alignment * Alignment);
    }
}
