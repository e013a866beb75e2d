using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// Marks a step when Slab has grown by a twentieth of its lowest value, and by at least 8 MiB. The step begins at the
/// last look at which it had grown by less than an eighth of that.
/// </summary>
internal sealed class SlabSteps
{
    private const long LeastBytes = 8 << 20;
    private const long Share = 20;
    private const long Begun = 8;
    private const int MostSuspects = 5;

    private long _lowest = long.MaxValue;
    private TimeSpan _since;
    private IReadOnlyList<SlabCache>? _caches;

    public SlabStep? Add(KernelSample sample, IReadOnlyList<SlabCache>? caches, long pageBytes)
    {
        if (sample.SlabBytes is not { } now)
            return null;
        long threshold = _lowest == long.MaxValue ? 0 : Math.Max(LeastBytes, _lowest / Share);
        if (_lowest == long.MaxValue || now <= _lowest)
        {
            Begin(now, sample.At, caches);
            return null;
        }

        long grown = now - _lowest;
        if (grown < threshold / Begun)
        {
            (_since, _caches) = (sample.At, caches);
            return null;
        }

        if (grown < threshold)
            return null;
        SlabStep step = new(_since, sample.At, grown, Suspects(_caches, caches, pageBytes));
        Begin(now, sample.At, caches);
        return step;
    }

    private void Begin(long bytes, TimeSpan at, IReadOnlyList<SlabCache>? caches) => (_lowest, _since, _caches) = (bytes, at, caches);

    private static IReadOnlyList<SlabSuspect>? Suspects(
        IReadOnlyList<SlabCache>? before, IReadOnlyList<SlabCache>? after, long pageBytes)
    {
        if (before is null || after is null)
            return null;
        Dictionary<string, SlabCache> known = new(StringComparer.Ordinal);
        foreach (SlabCache cache in before)
            known.TryAdd(cache.Name, cache);
        return [.. after.Select(cache => known.TryGetValue(cache.Name, out SlabCache? was)
                ? new SlabSuspect(cache.Name, cache.Bytes(pageBytes) - was.Bytes(pageBytes), cache.ActiveObjects - was.ActiveObjects)
                : new SlabSuspect(cache.Name, cache.Bytes(pageBytes), cache.ActiveObjects))
            .Where(suspect => suspect.GrownBytes > 0).OrderByDescending(suspect => suspect.GrownBytes).Take(MostSuspects)];
    }
}
