using System;
using System.Globalization;

namespace FragGuard.Inspection.Procfs;

/// <summary>Fields of <c>/proc/pid/stat</c> and <c>/proc/pid/status</c> (proc_pid_stat(5)).</summary>
/// <param name="Name">The kernel's short name, at most 15 characters.</param>
/// <param name="StartTicks">Start in clock ticks since boot: with the process id it names one process for ever.</param>
/// <param name="Threads">Threads at that moment.</param>
/// <param name="VirtualBytes">0 in a kernel thread, and in a process that is ending and gave its memory back already.</param>
/// <param name="IsKernelThread">It never has memory of its own.</param>
public sealed record ProcessStatus(
    int ProcessId, string Name, char State, int ParentId, int Threads, long StartTicks, long VirtualBytes, bool IsKernelThread)
{
    /// <summary>PF_KTHREAD among the flags of a task.</summary>
    private const long KernelThreadFlag = 0x0020_0000;

    /// <summary>It gave its memory back, whether or not its parent has heard of its end.</summary>
    public bool HasEnded => State is 'Z' or 'X' || (VirtualBytes == 0 && !IsKernelThread);

    /// <summary>Null when there is no such process.</summary>
    public static ProcessStatus? TryRead(int processId)
    {
        string stat = ProcFile.TryReadText($"/proc/{processId}/stat") ?? "";
        int nameStart = stat.IndexOf('(', StringComparison.Ordinal);
        int nameEnd = stat.LastIndexOf(')');
        if (nameStart < 0 || nameEnd < nameStart)
            return null;

        string[] fields = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length <= 20
            ? null
            : new ProcessStatus(
                processId, stat[(nameStart + 1)..nameEnd], fields[0][0], (int)Number(fields[1]), (int)Number(fields[17]), Number(fields[19]),
                Number(fields[20]), (Number(fields[6]) & KernelThreadFlag) != 0);
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
