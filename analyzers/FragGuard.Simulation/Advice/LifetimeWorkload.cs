using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// A zone that slowly fills with entries of several lifetimes until it refuses one. After each new entry some others
/// expire, the oldest of a part each, and are stored anew: a part's entries expire as often as they are many and short-lived.
/// </summary>
internal sealed class LifetimeWorkload
{
    private const int KeyBytes = 16;

    /// <summary>Entries that expire after each new one.</summary>
    private const int Expiring = 4;

    private readonly AllocatorModelInfo _info;
    private readonly LifetimeMix _mix;

    public LifetimeWorkload(LifetimeMix mix, string model)
    {
        _mix = mix;
        _info = AllocatorModels.ByName(model);
    }

    /// <summary>Mean bytes of an entry, key included.</summary>
    public static double MeanBytes(IReadOnlyList<LifetimeMixPart> parts) =>
        KeyBytes + (parts.Sum(part => part.Weight * (part.MinBytes + part.MaxBytes) / 2.0) / parts.Sum(part => part.Weight));

    /// <summary>1 − most live bytes / zone bytes, when these parts share a zone of their own.</summary>
    public double Waste(IReadOnlyList<LifetimeMixPart> parts, long zoneBytes)
    {
        IAllocatorModel model = _info.Create(new ModelSettings(
            _info.Settings, [new("zone", zoneBytes.ToString(CultureInfo.InvariantCulture))]));
        long live = 0;
        bool isFull = false;
        Simulator.Run(
            new AllocationTrace(Stores(parts, zoneBytes, () => isFull)),
            _info.Name,
            _info.TakesCacheEvents ? model : new KeyedBlocks(model),
            (long _, in AllocationEvent _, EventOutcome outcome, in HeapCounters counters) =>
            {
                isFull |= outcome.Answer == EventAnswer.NoMemory || outcome.Evicted > 0;
                if (!isFull)
                    live = Math.Max(live, counters.LiveRequestedBytes);
            });
        return 1 - ((double)live / zoneBytes);
    }

    private IEnumerable<AllocationEvent> Stores(IReadOnlyList<LifetimeMixPart> parts, long zoneBytes, Func<bool> isFull)
    {
        SeededRandom random = new(_mix.Seed);
        Queue<long>[] live = [.. parts.Select(_ => new Queue<long>())];
        double[] weights = [.. parts.Select(part => part.Weight)];
        double[] expiries = new double[parts.Count];
        long key = 0;
        for (long stored = 0; stored <= zoneBytes;)
        {
            int born = Draw(weights, random);
            AllocationEvent store = Store(parts[born], key, random);
            stored += Math.Max(1, store.Bytes);
            live[born].Enqueue(key++);
            yield return store;
            for (int i = 0; i < Expiring; i++)
            {
                for (int part = 0; part < expiries.Length; part++)
                    expiries[part] = live[part].Count / parts[part].Lifetime;
                int expired = Draw(expiries, random);
                if (isFull())
                    yield break;
                yield return new AllocationEvent(AllocationEventKind.Delete, live[expired].Dequeue(), 0, KeyBytes);
                live[expired].Enqueue(key);
                yield return Store(parts[expired], key++, random);
            }
        }
    }

    private static AllocationEvent Store(LifetimeMixPart part, long key, SeededRandom random) =>
        new(AllocationEventKind.SafeSet, key, random.Next(part.MinBytes, part.MaxBytes), KeyBytes);

    /// <summary>Never a part whose share is 0.</summary>
    private static int Draw(double[] shares, SeededRandom random)
    {
        double left = random.NextRatio() * shares.Sum();
        int drawn = Array.FindLastIndex(shares, share => share > 0);
        for (int i = 0; i < drawn; i++)
        {
            left -= shares[i];
            if (left < 0 && shares[i] > 0)
                return i;
        }

        return drawn;
    }
}
