using System;

namespace FragGuard.Simulation.Traces;

/// <summary>Operations as a text workload writes them.</summary>
public static class OperationText
{
    public static string Of(AllocationEventKind kind) => kind switch
    {
        AllocationEventKind.Allocate => "alloc",
        AllocationEventKind.Free => "free",
        AllocationEventKind.Reallocate => "realloc",
        AllocationEventKind.Pin => "pin",
        AllocationEventKind.Unpin => "unpin",
        AllocationEventKind.Trim => "trim",
        AllocationEventKind.Collect => "gc",
        AllocationEventKind.Thread => "thread",
        AllocationEventKind.Time => "time",
        AllocationEventKind.Set => "set",
        AllocationEventKind.SafeSet => "safe_set",
        AllocationEventKind.Add => "add",
        AllocationEventKind.SafeAdd => "safe_add",
        AllocationEventKind.Replace => "replace",
        AllocationEventKind.Increment => "incr",
        AllocationEventKind.Get => "get",
        AllocationEventKind.Touch => "touch",
        AllocationEventKind.PushLeft => "lpush",
        AllocationEventKind.PushRight => "rpush",
        AllocationEventKind.PopLeft => "lpop",
        AllocationEventKind.PopRight => "rpop",
        AllocationEventKind.ListLength => "llen",
        AllocationEventKind.Delete => "delete",
        AllocationEventKind.FlushAll => "flush_all",
        AllocationEventKind.FlushExpired => "flush_expired",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An operation has a text."),
    };
}
