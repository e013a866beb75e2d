using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>
/// A process and its descendants as they were at one moment; empty without procfs. A process whose parent ended is nobody's descendant.
/// </summary>
internal sealed class ProcessTree
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly List<ProcessEntry> _processes;

    private ProcessTree(List<ProcessEntry> processes) => _processes = processes;

    public static ProcessTree Of(int root)
    {
        ILookup<int, ProcessEntry> byParent = ProcessEntry.All().ToLookup(process => process.ParentId);
        List<ProcessEntry> found = [];
        if (ProcessEntry.TryRead(root) is { } first)
            found.Add(first);
        for (int i = 0; i < found.Count; i++)
            found.AddRange(byParent[found[i].ProcessId]);
        return new ProcessTree(found);
    }

    /// <summary>Asks all of them to end, by SIGTERM, and kills those that have not after this long.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        Send(ProcessSignal.Terminate);
        for (TimeSpan waited = default; waited < patience && _processes.Exists(IsRunning); waited += LookInterval)
            await Task.Delay(LookInterval).ConfigureAwait(false);
        Send(ProcessSignal.Kill);
    }

    private void Send(int signal)
    {
        foreach (ProcessEntry process in _processes.Where(IsRunning))
            ProcessSignal.Send(process.ProcessId, signal);
    }

    // An id may belong to another process meanwhile.
    private static bool IsRunning(ProcessEntry process) =>
        ProcessEntry.TryRead(process.ProcessId) is { HasEnded: false } now && now.StartTicks == process.StartTicks;
}
