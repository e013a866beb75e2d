using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Events;

/// <summary>
/// Decodes the blocks of a recording in the order of the file and hands out their events in the order of time (format
/// version 4 and 5, NetTraceFormat_v5.md of microsoft/perfview).
/// </summary>
internal sealed class EventDecoder
{
    /// <summary>Bytes of the block that opens a recording.</summary>
    public const int TraceBytes = 48;

    private const int CompressedHeaders = 1;
    private const int RowHeaderBytes = 20;

    // The runtime sets a sequence point every ten megabytes; without one, order and stacks give way to memory.
    private const long MaxWaitingBytes = 64 << 20;
    private const long MaxStackBytes = 16 << 20;
    private const int MaxWaitingRuns = 1 << 18;

    private readonly ReadingState _state;
    private readonly EventKinds _kinds;
    private readonly StackBlocks _stacks = new();
    private readonly StackWords _words = new();
    private readonly LossCount _loss = new();
    private readonly EventQueue _queue;
    private readonly BlockStore _store = new();
    private readonly EventBlocks _eventBlocks;
    private readonly HeldBlocks _stackBlocks;
    private long _startTicks;
    private double _msPerTick;
    private int _pointerBytes = sizeof(long);

    public EventDecoder(EventRouter router, ReadingState state)
    {
        _state = state;
        _kinds = new EventKinds(router);
        _eventBlocks = new EventBlocks(_store);
        _queue = new EventQueue(Dispatch, _eventBlocks);
        _stackBlocks = new HeldBlocks(_store);
    }

    /// <summary>A buffer for the next block, to be given to one of the methods below.</summary>
    public byte[] RentBlock(int bytes) => _store.Rent(bytes);

    public void DecodeTrace(byte[] block)
    {
        BlockCursor cursor = new(block.AsSpan(0, TraceBytes), 0);
        _state.StartedUtc = ReadTime(ref cursor);
        _startTicks = cursor.ReadInt64();
        long frequency = cursor.ReadInt64();
        if (frequency <= 0)
            throw new RecordingDamagedException("its clock stands still");
        _msPerTick = 1000.0 / frequency;
        _pointerBytes = cursor.ReadInt32() == sizeof(int) ? sizeof(int) : sizeof(long);
        _state.ProcessId = Math.Max(0, cursor.ReadInt32());
        _state.Processors = Math.Max(0, cursor.ReadInt32());
        _store.Return(block);
    }

    public void DecodeKinds(byte[] block, int bytes)
    {
        ReadOnlySpan<byte> span = block.AsSpan(0, bytes);
        BlockCursor cursor = StartRows(span, out bool isCompressed);
        EventHeader header = default;
        while (!cursor.IsAtEnd)
        {
            int next = header.Read(ref cursor, isCompressed);
            _kinds.Define(span.Slice(cursor.Position, header.PayloadBytes));
            cursor = new BlockCursor(span, next);
        }

        _store.Return(block);
    }

    public void DecodeEvents(byte[] block, int bytes)
    {
        if (_eventBlocks.Bytes > MaxWaitingBytes || _queue.Runs > MaxWaitingRuns)
            Drain();
        Scan(block, bytes);
    }

    public void DecodeStacks(byte[] block, int bytes)
    {
        if (_stackBlocks.Bytes > MaxStackBytes || _stacks.Count > StackBlocks.Max)
            EndRegion();
        _stackBlocks.Add(block);
        _stacks.Add(block, bytes);
    }

    public void DecodeSequencePoint(byte[] block, int bytes)
    {
        EndRegion();
        BlockCursor cursor = new(block.AsSpan(0, bytes), 0);
        cursor.Skip(sizeof(long));
        _loss.BeginPoint();
        for (int threads = cursor.ReadInt32(); threads > 0; threads--)
        {
            long thread = cursor.ReadInt64();
            _loss.Reached(thread, (uint)cursor.ReadInt32());
        }

        _loss.EndPoint();
        _state.EventsLost = _loss.Lost;
        _store.Return(block);
    }

    /// <summary>Dispatches what waits, and forgets the stacks.</summary>
    public void EndRegion()
    {
        Drain();
        _stacks.Clear();
        _stackBlocks.Release();
    }

    /// <summary>Dispatches what waits for older events to come.</summary>
    public void Drain() => _queue.DispatchUpTo(long.MaxValue);

    private static DateTime ReadTime(ref BlockCursor cursor)
    {
        int year = cursor.ReadInt16();
        int month = cursor.ReadInt16();
        cursor.Skip(sizeof(short));
        int day = cursor.ReadInt16();
        int hour = cursor.ReadInt16();
        int minute = cursor.ReadInt16();
        int second = cursor.ReadInt16();
        int millisecond = cursor.ReadInt16();
        return year is > 0 and < 9999 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && minute < 60 && second < 60 && millisecond < 1000
            ? new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc)
            : default;
    }

    private static BlockCursor StartRows(ReadOnlySpan<byte> block, out bool isCompressed)
    {
        BlockCursor cursor = new(block, 0);
        int headerBytes = cursor.ReadInt16();
        if (headerBytes < RowHeaderBytes)
            throw new RecordingDamagedException("its header is short");
        isCompressed = (cursor.ReadInt16() & CompressedHeaders) != 0;
        cursor.Skip(headerBytes - cursor.Position);
        return cursor;
    }

    // Optimized from its first call: a call lasts as long as a block has events.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(byte[] buffer, int bytes)
    {
        ReadOnlySpan<byte> span = buffer.AsSpan(0, bytes);
        BlockCursor cursor = StartRows(span, out bool isCompressed);
        EventBlock block = _eventBlocks.Enter(buffer, bytes, isCompressed);
        EventHeader header = default;
        EventRun run = default;
        int events = 0;
        int skipped = 0;
        long lastTicks = long.MinValue;
        long newestTicks = long.MinValue;
        try
        {
            while (!cursor.IsAtEnd)
            {
                long thread = header.CaptureThread;
                int next = header.Read(ref cursor, isCompressed);
                EventKind kind = _kinds.Find(header.Kind) ?? throw new RecordingDamagedException("an event is of no known kind");
                _loss.Saw(header.CaptureThread, header.Sequence);
                events++;
                if (run.Left > 0 && (header.IsSorted || header.CaptureThread != thread || header.Ticks < lastTicks))
                    Enqueue(ref run);
                if (header.IsSorted)
                    _queue.DispatchUpTo(header.Ticks);
                lastTicks = header.Ticks;
                newestTicks = Math.Max(newestTicks, lastTicks);
                if (kind.Handler is null)
                {
                    skipped++;
                }
                else if (run.Left > 0)
                {
                    run.Left += skipped + 1;
                    skipped = 0;
                }
                else
                {
                    run = new EventRun
                    {
                        Block = block, Header = header, Payload = cursor.Position, Next = next, Left = 1,
                    };
                    skipped = 0;
                }

                cursor = new BlockCursor(span, next);
            }
        }
        finally
        {
            if (run.Left > 0)
                Enqueue(ref run);
            _eventBlocks.Leave(block);
            Count(events, newestTicks);
        }
    }

    private void Enqueue(ref EventRun run)
    {
        _queue.Add(run);
        run.Left = 0;
    }

    private void Count(int events, long newestTicks)
    {
        _state.EventsLost = _loss.Lost;
        _state.Events += events;
        if (events > 0)
            _state.LastMs = Math.Max(_state.LastMs, (newestTicks - _startTicks) * _msPerTick);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dispatch(in EventHeader header, ReadOnlySpan<byte> payload)
    {
        EventKind kind = _kinds.Find(header.Kind)!;
        if (kind.Handler is not { } handler)
            return;

        int stack = _stacks.IndexOf(header.Stack);
        if (stack < 0 && header.Stack > 0)
            _state.StacksMissing++;
        handler(new RecordedEvent
        {
            Provider = kind.Provider,
            Id = kind.Id,
            Version = kind.Version,
            TimeMs = (header.Ticks - _startTicks) * _msPerTick,
            Thread = header.Thread,
            Payload = payload,
            Stack = stack < 0 ? [] : _words.Of(_stacks[stack], _pointerBytes),
            StackNotes = _stacks.Notes,
            StackIndex = stack,
            PointerBytes = _pointerBytes,
        });
    }
}
