using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>
/// Decodes the blocks of a recording in the order of the file and hands out their events in the order of time (format
/// version 4 and 5, NetTraceFormat_v5.md of microsoft/perfview).
/// </summary>
internal sealed class EventDecoder : IDisposable
{
    private const int CompressedHeaders = 1;
    private const int TraceBytes = 48;

    // The runtime sets a sequence point every few megabytes; without one, order gives way to memory.
    private const long MaxRegionBytes = 64 << 20;

    private readonly EventRouter _router;
    private readonly ReadingState _state;
    private readonly Dictionary<int, EventKind> _kinds = [];
    private readonly StackBlocks _stacks = new();
    private readonly LossCount _loss = new();
    private readonly EventQueue _queue;
    private readonly List<byte[]> _region = [];
    private long _regionBytes;
    private long _startTicks;
    private double _msPerTick;
    private int _pointerBytes = sizeof(long);

    public EventDecoder(EventRouter router, ReadingState state)
    {
        _router = router;
        _state = state;
        _queue = new EventQueue(Dispatch);
    }

    /// <summary>A buffer for the next block, given back after the next sequence point.</summary>
    public byte[] RentBlock(int bytes)
    {
        if (_regionBytes > MaxRegionBytes)
            EndRegion();
        byte[] block = ArrayPool<byte>.Shared.Rent(bytes);
        _region.Add(block);
        _regionBytes += block.Length;
        return block;
    }

    public void DecodeTrace(ReadOnlySpan<byte> block)
    {
        if (block.Length < TraceBytes)
            throw new RecordingDamagedException("the first block is short");
        BlockCursor cursor = new(block);
        int year = cursor.ReadInt16();
        int month = cursor.ReadInt16();
        cursor.Skip(sizeof(short));
        int day = cursor.ReadInt16();
        TimeSpan time = new(0, cursor.ReadInt16(), cursor.ReadInt16(), cursor.ReadInt16(), cursor.ReadInt16());
        _startTicks = cursor.ReadInt64();
        long frequency = cursor.ReadInt64();
        if (frequency <= 0)
            throw new RecordingDamagedException("its clock stands still");
        _msPerTick = 1000.0 / frequency;
        _pointerBytes = cursor.ReadInt32() == sizeof(int) ? sizeof(int) : sizeof(long);
        _state.ProcessId = Math.Max(0, cursor.ReadInt32());
        _state.Processors = Math.Max(0, cursor.ReadInt32());
        if (year is > 0 and < 9999 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month))
            _state.StartedUtc = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) + time;
    }

    public void DecodeKinds(ReadOnlySpan<byte> block)
    {
        BlockCursor cursor = StartRows(block, out bool isCompressed);
        EventHeader header = default;
        while (!cursor.IsAtEnd)
        {
            int next = isCompressed ? ReadCompressed(ref header, ref cursor) : header.ReadPlain(ref cursor);
            BlockCursor row = new(Payload(block, cursor.Position, header.PayloadBytes));
            int number = row.ReadInt32();
            string provider = row.ReadText();
            int id = row.ReadInt32();
            row.ReadText();
            row.Skip(sizeof(long));
            _kinds[number] = new EventKind(provider, id, row.ReadInt32(), _router.Find(provider, id));
            cursor.Skip(next - cursor.Position);
        }
    }

    /// <param name="block">A rented block.</param>
    public void DecodeEvents(byte[] block, int bytes)
    {
        ReadOnlySpan<byte> span = block.AsSpan(0, bytes);
        BlockCursor cursor = StartRows(span, out bool isCompressed);
        EventHeader header = default;
        while (!cursor.IsAtEnd)
        {
            int next = isCompressed ? ReadCompressed(ref header, ref cursor) : header.ReadPlain(ref cursor);
            Payload(span, cursor.Position, header.PayloadBytes);
            if (!_kinds.TryGetValue(header.Kind, out EventKind? kind))
                throw new RecordingDamagedException("an event is of no known kind");
            if (header.IsSorted && !_queue.IsEmpty)
                _queue.DispatchUpTo(header.Ticks);
            Count(header);
            if (kind.Handler is not null)
            {
                _queue.Add(header.CaptureThread, new PendingEvent(
                    header.Ticks, kind, header.Thread, block, cursor.Position, header.PayloadBytes, _stacks.Find(header.Stack)));
            }

            cursor.Skip(next - cursor.Position);
        }
    }

    /// <param name="block">A rented block.</param>
    public void DecodeStacks(byte[] block, int bytes) => _stacks.Add(block, bytes);

    public void DecodeSequencePoint(ReadOnlySpan<byte> block)
    {
        BlockCursor cursor = new(block);
        cursor.Skip(sizeof(long));
        int threads = cursor.ReadInt32();
        for (; threads > 0; threads--)
        {
            long thread = cursor.ReadInt64();
            _loss.Reached(thread, (uint)cursor.ReadInt32());
        }

        _state.EventsLost = _loss.Lost;
        EndRegion();
    }

    /// <summary>Dispatches what waits.</summary>
    public void EndRegion()
    {
        _queue.DispatchUpTo(long.MaxValue);
        _stacks.Clear();
        foreach (byte[] block in _region)
            ArrayPool<byte>.Shared.Return(block);
        _region.Clear();
        _regionBytes = 0;
    }

    public void Dispose()
    {
        foreach (byte[] block in _region)
            ArrayPool<byte>.Shared.Return(block);
        _region.Clear();
    }

    private static BlockCursor StartRows(ReadOnlySpan<byte> block, out bool isCompressed)
    {
        BlockCursor cursor = new(block);
        int headerBytes = cursor.ReadInt16();
        isCompressed = (cursor.ReadInt16() & CompressedHeaders) != 0;
        cursor.Skip(headerBytes - cursor.Position);
        return cursor;
    }

    private static int ReadCompressed(ref EventHeader header, ref BlockCursor cursor)
    {
        header.ReadCompressed(ref cursor);
        return cursor.Position + header.PayloadBytes;
    }

    private static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> block, int offset, int bytes) =>
        bytes >= 0 && bytes <= block.Length - offset
            ? block.Slice(offset, bytes)
            : throw new RecordingDamagedException("an event is longer than its block");

    private void Count(in EventHeader header)
    {
        _loss.Saw(header.CaptureThread, header.Sequence);
        _state.EventsLost = _loss.Lost;
        _state.Events++;
        double time = (header.Ticks - _startTicks) * _msPerTick;
        if (time > _state.LastMs)
            _state.LastMs = time;
    }

    private void Dispatch(PendingEvent pending)
    {
        StackBytes stack = pending.Stack;
        pending.Kind.Handler!(new RecordedEvent
        {
            Provider = pending.Kind.Provider,
            Id = pending.Kind.Id,
            Version = pending.Kind.Version,
            TimeMs = (pending.Ticks - _startTicks) * _msPerTick,
            Thread = pending.Thread,
            Payload = pending.Block.AsSpan(pending.Offset, pending.Bytes),
            Stack = _pointerBytes == sizeof(long)
                ? MemoryMarshal.Cast<byte, ulong>(stack.Block.AsSpan(stack.Offset, stack.Bytes))
                : [],
            PointerBytes = _pointerBytes,
        });
    }
}
