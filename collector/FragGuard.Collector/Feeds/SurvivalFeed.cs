using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Feeds;

/// <summary>What every GC left alive and where: regions of each generation, surviving and moved extents.</summary>
internal sealed class SurvivalFeed
{
    /// <summary>GCHeapSurvivalAndMovement.</summary>
    public const long Keywords = 0x400000;

    private readonly HeapWatch _watch;

    public SurvivalFeed(EventRouter router, HeapWatch watch)
    {
        _watch = watch;
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcStart, OnStart);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GlobalHeapHistory, OnMeasured);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, OnEnd);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GenerationRange, OnRange);
        router.On(RuntimeEvents.Provider, RuntimeEvents.SurvivingRanges, OnSurviving);
        router.On(RuntimeEvents.Provider, RuntimeEvents.MovedRanges, OnMoved);
    }

    private void OnStart(in RecordedEvent recorded)
    {
        GcStart start = GcStart.Read(recorded);
        _watch.Started(recorded.Thread, start.Number, start.Generation, start.Kind, recorded.TimeMs);
    }

    private void OnMeasured(in RecordedEvent recorded)
    {
        GcMechanisms measured = GcMechanisms.Read(recorded);
        _watch.Measured(recorded.Thread, measured.Generation, measured.IsConcurrent);
    }

    private void OnEnd(in RecordedEvent recorded) =>
        _watch.Stopped(recorded.Thread, recorded.Fields.ReadInt32(), recorded.TimeMs);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnRange(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int generation = fields.ReadByte();
        ulong start = fields.ReadPointer();
        ulong used = (ulong)fields.ReadInt64();
        _watch.Listed(
            recorded.Thread, new GenerationExtent(generation, start, used, (ulong)fields.ReadInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnSurviving(in RecordedEvent recorded)
    {
        Payload fields = BulkOf(recorded, out int count);
        if (_watch.Surviving(recorded.Thread) is not { } survivors)
            return;

        if (recorded.PointerBytes == sizeof(ulong))
        {
            survivors.Add(First<KeptExtent>(fields.Rest, count));
            return;
        }

        for (; count > 0 && fields.RestBytes >= sizeof(uint) + sizeof(long); count--)
        {
            ulong start = fields.ReadPointer();
            survivors.Add(new SurvivorExtent(start, start, (ulong)fields.ReadInt64()));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnMoved(in RecordedEvent recorded)
    {
        Payload fields = BulkOf(recorded, out int count);
        if (_watch.Surviving(recorded.Thread) is not { } survivors)
            return;

        if (recorded.PointerBytes == sizeof(ulong))
        {
            survivors.Add(First<SurvivorExtent>(fields.Rest, count));
            return;
        }

        for (; count > 0 && fields.RestBytes >= (2 * sizeof(uint)) + sizeof(long); count--)
        {
            ulong from = fields.ReadPointer();
            ulong to = fields.ReadPointer();
            survivors.Add(new SurvivorExtent(from, to, (ulong)fields.ReadInt64()));
        }
    }

    // Thousands of extents come in one event: they are read where they are.
    internal static ReadOnlySpan<T> First<T>(ReadOnlySpan<byte> fields, int count)
        where T : struct
    {
        ReadOnlySpan<T> whole = MemoryMarshal.Cast<byte, T>(fields);
        return whole[..Math.Clamp(count, 0, whole.Length)];
    }

    internal static Payload BulkOf(in RecordedEvent recorded, out int count)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int));
        count = fields.ReadInt32();
        fields.Skip(sizeof(ushort));
        return fields;
    }
}
