using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Sessions;

/// <summary>The .NET processes of this machine that can be traced.</summary>
public static class ProcessList
{
    /// <summary>All of them but this process, by id. Never throws for a process that ends or hides meanwhile.</summary>
    public static IReadOnlyList<TraceableProcess> Scan() => throw new NotSupportedException();

    /// <summary>Those whose name or main assembly equals <paramref name="name"/>, ignoring case.</summary>
    public static IReadOnlyList<TraceableProcess> ByName(string name) => throw new NotSupportedException();
}
