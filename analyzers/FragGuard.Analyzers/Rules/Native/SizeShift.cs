using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>
/// The workload in which mixed sizes hurt: memory is filled with the smaller blocks, half of them, picked at random, are
/// freed, and the larger ones are asked for. What they cannot use is waste.
/// </summary>
internal sealed class SizeShift
{
    private const ulong Seed = 1;
    private const int MostBlocks = 8_192;
    private const int LeastLargeBlocks = 8;
    private const long LeastBytes = 256 << 10;

    /// <summary>What glibc keeps on top of its heap for the next requests, whatever they are.</summary>
    private const long TopPadBytes = 128 << 10;

    private readonly SeededRandom _random = new(Seed);
    private readonly IAllocatorModel _model;
    private readonly List<long> _live = [];
    private long _next;

    private SizeShift(IAllocatorModel model) => _model = model;

    /// <summary>A zone of fixed size, scaled down so that a prediction stays cheap.</summary>
    /// <exception cref="ModelSettingException">No such model, or it has no zone of that size.</exception>
    public static ShiftForecast InZone(IReadOnlyList<SizeMixPart> parts, string model, long zoneBytes)
    {
        (SizeMixPart[] small, SizeMixPart[] large) = Halves(parts);
        long simulated = Math.Min(zoneBytes, Math.Max(LeastBytes, LeastLargeBlocks * large.Max(part => part.MaxBytes)));
        AllocatorModelInfo info = AllocatorModels.ByName(model);
        double mixed = Run(large);
        double apart = Run(small);
        return new(model, mixed, apart, (long)((1 - mixed) * zoneBytes), zoneBytes);

        double Run(SizeMixPart[] second)
        {
            SizeShift shift = new(info.Create(new ModelSettings(
                info.Settings, [new("zone", simulated.ToString(CultureInfo.InvariantCulture))])));
            shift.Allocate(small, long.MaxValue);
            shift.FreeHalf();
            shift.Allocate(second, long.MaxValue);
            return 1 - ((double)shift._model.Counters.LiveRequestedBytes / simulated);
        }
    }

    /// <summary>The heap of the C library, which grows instead of refusing; the pad on its top does not count.</summary>
    public static ShiftForecast OnHeap(IReadOnlyList<SizeMixPart> parts, string model)
    {
        (SizeMixPart[] small, SizeMixPart[] large) = Halves(parts);
        long budget = Math.Max(4 * LeastBytes, LeastLargeBlocks * large.Max(part => part.MaxBytes));
        HeapCounters mixed = Run(large);
        return new(model, Waste(mixed), Waste(Run(small)), mixed.LiveRequestedBytes, mixed.CommittedBytes);

        HeapCounters Run(SizeMixPart[] second)
        {
            SizeShift shift = new(AllocatorModels.Create(model));
            shift.Allocate(small, budget);
            long before = shift._model.Counters.LiveRequestedBytes;
            shift.FreeHalf();
            shift.Allocate(second, before - shift._model.Counters.LiveRequestedBytes);
            return shift._model.Counters;
        }

        static double Waste(HeapCounters heap) =>
            Math.Max(0, heap.CommittedBytes - heap.GrantedBytes - TopPadBytes) / (double)heap.CommittedBytes;
    }

    /// <summary>The smaller and the larger sizes, divided at their geometric middle; a part on both sides of it is cut.</summary>
    private static (SizeMixPart[] Small, SizeMixPart[] Large) Halves(IReadOnlyList<SizeMixPart> parts)
    {
        double min = parts.Min(part => part.MinBytes);
        long middle = (long)Math.Sqrt(min * parts.Max(part => part.MaxBytes));
        return (
            [.. parts.Where(part => part.MinBytes <= middle).Select(part => part with { MaxBytes = Math.Min(part.MaxBytes, middle) })],
            [.. parts.Where(part => part.MaxBytes > middle).Select(part => part with { MinBytes = Math.Max(part.MinBytes, middle + 1) })]);
    }

    /// <summary>Blocks of these sizes until they sum up to so many bytes, or one is refused.</summary>
    private void Allocate(SizeMixPart[] parts, long bytes)
    {
        double weights = parts.Sum(part => part.Weight);
        for (int blocks = 0; bytes > 0 && blocks < MostBlocks; blocks++)
        {
            double left = _random.NextRatio() * weights;
            SizeMixPart chosen = parts[parts.Length - 1];
            foreach (SizeMixPart part in parts)
            {
                left -= part.Weight;
                if (left >= 0)
                    continue;
                chosen = part;
                break;
            }

            long size = _random.Next(chosen.MinBytes, chosen.MaxBytes);
            if (_model.Apply(new AllocationEvent(AllocationEventKind.Allocate, _next, size)).Answer == EventAnswer.NoMemory)
                return;
            _live.Add(_next++);
            bytes -= size;
        }
    }

    private void FreeHalf()
    {
        foreach (long block in _live.Where(_ => _random.NextRatio() < 0.5).ToArray())
            _model.Apply(new AllocationEvent(AllocationEventKind.Free, block));
    }
}
