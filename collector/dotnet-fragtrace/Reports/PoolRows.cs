using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Reports;

/// <summary>Array pools as a report holds them.</summary>
internal static class PoolRows
{
    public static PoolRow Of(PoolUse pool) => new()
    {
        Pool = $"{Word(pool.Kind)} #{pool.PoolId:x}",
        Kind = pool.Kind == PoolKind.Unknown ? "unknown" : Word(pool.Kind),
        ElementType = pool.Element.Type,
        ElementBytes = pool.Element.Bytes,
        ElementSource = pool.Element.Source switch
        {
            ElementSource.Allocation => "allocation",
            ElementSource.Stack => "stack",
            _ => null,
        },
        Length = pool.Length,
        Rented = pool.Rented,
        HitRatio = pool.HitRatio,
        Allocated = pool.Allocated,
        AllocatedPooled = pool.AllocatedPooled,
        AllocatedPoolExhausted = pool.AllocatedPoolExhausted,
        AllocatedOverMaximumSize = pool.AllocatedOverMaximumSize,
        Returned = pool.Returned,
        ReturnedUnseen = pool.ReturnedUnseen,
        Dropped = pool.Dropped,
        DroppedFull = pool.DroppedFull,
        DroppedOverMaximumSize = pool.DroppedOverMaximumSize,
        Trimmed = pool.Trimmed,
        Outstanding = pool.Outstanding,
        OutstandingBytes = pool.BytesOf(pool.Outstanding),
        IdleAtLeast = pool.IdleAtLeast,
        IdleAtMost = pool.IdleAtMost,
        IdleBytesAtLeast = pool.BytesOf(pool.IdleAtLeast),
        IdleBytesAtMost = pool.BytesOf(pool.IdleAtMost),
        Bound = pool.Bound.Arrays,
        BoundIsExact = pool.Bound.IsExact,
        BoundIsPlusOnePerThread = pool.Bound.PlusOnePerThread,
        Timeline = [.. pool.Timeline.Select(moment => new PoolRowMoment(moment.TimeMs, moment.Outstanding, moment.Idle))],
    };

    /// <summary>What a pool of that kind is called.</summary>
    public static string Word(PoolKind kind) => kind switch
    {
        PoolKind.Shared => "shared",
        PoolKind.Created => "created",
        _ => "pool",
    };
}
