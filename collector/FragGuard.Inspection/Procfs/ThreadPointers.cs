using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FragGuard.Inspection.Procfs;

/// <summary>Where the threads of a process have their stacks.</summary>
public static class ThreadPointers
{
    private const int MostThreads = 1 << 16;
    private const int Tries = 5;

    /// <summary>
    /// The stack pointer of each thread that is blocked in the kernel, from <c>/proc/pid/task/tid/syscall</c>
    /// (proc_pid_syscall(5)); of one that runs whenever it is asked, nothing is told.
    /// </summary>
    public static IReadOnlyList<ulong> Read(int processId)
    {
        List<ulong> pointers = [];
        foreach (string thread in Threads(processId).Take(MostThreads))
        {
            for (int i = 0; i < Tries; i++)
            {
                string line = ProcFile.TryReadText(Path.Combine(thread, "syscall"), 4096) ?? "";
                if (StackPointer(line) is { } pointer)
                {
                    pointers.Add(pointer);
                    break;
                }
            }
        }

        return pointers;
    }

    /// <summary>Null for "running" and what is no such line. The last two fields are the stack pointer and the program counter.</summary>
    internal static ulong? StackPointer(string line)
    {
        string[] fields = line.Trim().Split(' ');
        return fields.Length >= 3 && fields[^2].StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(fields[^2].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong pointer)
            && pointer != 0
                ? pointer
                : null;
    }

    private static string[] Threads(int processId)
    {
        try
        {
            return Directory.GetDirectories(FormattableString.Invariant($"/proc/{processId}/task"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
