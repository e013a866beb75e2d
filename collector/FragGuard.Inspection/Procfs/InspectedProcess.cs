using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// One running Linux process, looked at from outside: never written to, never stopped. Everything it says is hostile
/// until checked.
/// </summary>
public sealed class InspectedProcess : IDisposable
{
    private readonly LiveMemory _memory;

    private InspectedProcess(ProcessStatus status, string executable, LiveMemory memory, ResidentPages pages)
    {
        Status = status;
        Executable = executable;
        _memory = memory;
        Pages = pages;
    }

    /// <summary>What it was when it was opened.</summary>
    public ProcessStatus Status { get; }

    public int ProcessId => Status.ProcessId;

    /// <summary>Path of the program as the process sees it; empty when the kernel does not tell.</summary>
    public string Executable { get; }

    public IMemorySource Memory => _memory;

    public ResidentPages Pages { get; }

    private string Folder => $"/proc/{ProcessId}";

    /// <exception cref="InspectionException">No such process, no permission, or not a program of this machine.</exception>
    public static InspectedProcess Open(int processId)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
            throw new InspectionException(InspectionFailure.Platform, "Processes are inspected on Linux on x86-64 and arm64 only.");
        ProcessStatus status = ProcessStatus.TryRead(processId) ?? throw NoProcess(processId);
        if (status.HasEnded)
            throw Ended(processId);
        if (status.IsKernelThread)
            throw new InspectionException(InspectionFailure.NotFound, $"Process {Text(processId)} is a kernel thread; it has no memory of its own.");
        RequireArchitecture(processId);

        // The one that tells of another program later is opened first: so neither is of an earlier program than it.
        SafeFileHandle pages = OpenForReading(processId, "pagemap");
        SafeFileHandle? memory = null;
        try
        {
            memory = OpenForReading(processId, "mem");

            // Without access the kernel opens the file in some set-ups and then lets nothing be read: maps tells.
            if (string.IsNullOrEmpty(ProcFile.TryReadText($"/proc/{processId}/maps")))
                throw IsGone(processId) ? NoProcess(processId) : NoMemory(processId);
            return new InspectedProcess(status, ExecutableOf(processId), new LiveMemory(memory, processId), new ResidentPages(pages));
        }
        catch
        {
            memory?.Dispose();
            pages.Dispose();
            throw;
        }
    }

    /// <summary>Its mappings now, in address order.</summary>
    /// <exception cref="InspectionException">The process ended, or became another program.</exception>
    public IReadOnlyList<MemoryMapping> Mappings()
    {
        string? text = ProcFile.TryReadText($"{Folder}/maps");
        RequireRunning();
        return string.IsNullOrEmpty(text) ? throw NoProcess(ProcessId) : MemoryMappings.Parse(text);
    }

    /// <summary>Text of one of its procfs files; null when it cannot be read.</summary>
    public string? TryReadText(string file) => ProcFile.TryReadText($"{Folder}/{file}");

    /// <summary>False once the process ended, also when another one has its id now.</summary>
    public bool IsRunning() =>
        IsSame(Status, ProcessStatus.TryRead(ProcessId));

    /// <summary>Whether what has the id now is the process that had it, and has memory still.</summary>
    internal static bool IsSame(ProcessStatus opened, ProcessStatus? now) =>
        now is { HasEnded: false } && now.StartTicks == opened.StartTicks;

    /// <exception cref="InspectionException">It ended, or became another program.</exception>
    public void RequireRunning()
    {
        bool hasMemory = Pages.HaveMemory;
        if (!IsRunning())
            throw new InspectionException(InspectionFailure.NoProcess, $"Process {Text(ProcessId)} ended while it was read.");
        if (!hasMemory)
        {
            throw new InspectionException(
                InspectionFailure.NoProcess, $"Process {Text(ProcessId)} became another program while it was read (execve): read it again.");
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        Pages.Dispose();
    }

    private static void RequireArchitecture(int processId)
    {
        byte[] head = new byte[ElfIdentity.Length];
        try
        {
            using SafeFileHandle program = File.OpenHandle($"/proc/{processId}/exe", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (RandomAccess.Read(program, head, 0) != head.Length)
                return;
        }
        catch (UnauthorizedAccessException)
        {
            throw NoMemory(processId);
        }
        catch (IOException)
        {
            // A program that was replaced can still be read.
            if (IsGone(processId))
                throw NoProcess(processId);
            return;
        }

        ushort own = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ElfIdentity.X64 : ElfIdentity.Arm64;
        if (ElfIdentity.From(head) is { } elf && (!elf.Is64Bit || !elf.IsLittleEndian || elf.Machine != own))
        {
            throw new InspectionException(
                InspectionFailure.Architecture,
                $"Process {Text(processId)} is a {elf.Name} program; only 64-bit programs of this machine can be inspected.");
        }
    }

    private static bool IsGone(int processId) => ProcessStatus.TryRead(processId) is not { HasEnded: false };

    private static SafeFileHandle OpenForReading(int processId, string file)
    {
        try
        {
            return File.OpenHandle($"/proc/{processId}/{file}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException)
        {
            throw NoMemory(processId);
        }
        catch (IOException)
        {
            throw IsGone(processId) ? NoProcess(processId) : NoMemory(processId);
        }
    }

    private static InspectionException NoProcess(int processId) =>
        new(InspectionFailure.NoProcess, $"There is no process {Text(processId)}.");

    /// <summary>Its memory lives on while any of its threads does, and each has a folder in procfs by its own id.</summary>
    private static InspectionException Ended(int processId)
    {
        string message = TryFindThread(processId) is { } thread
            ? $"The main thread of process {Text(processId)} has ended, while others go on: look at thread {Text(thread)} in its place, by -p {Text(thread)}."
            : $"Process {Text(processId)} has ended; it has no memory any more.";
        return new InspectionException(InspectionFailure.NoProcess, message);
    }

    private static int? TryFindThread(int processId)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{Text(processId)}/task")
                .Select(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
                .Where(id => id > 0 && !IsGone(id))
                .Min(static id => (int?)id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Says which of the kernel's conditions is likely not met (ptrace(2), Yama).</summary>
    private static InspectionException NoMemory(int processId)
    {
        string scope = ProcFile.TryReadText("/proc/sys/kernel/yama/ptrace_scope")?.Trim() ?? "";
        string setting = scope is "1" or "2" or "3" ? $" (kernel.yama.ptrace_scope is {scope})" : "";
        return new InspectionException(
            InspectionFailure.NoPermission,
            $"The memory of process {Text(processId)} may not be read: run as its user with kernel.yama.ptrace_scope 0{setting}, "
            + "or with the capability CAP_SYS_PTRACE, for instance as root.");
    }

    private static string ExecutableOf(int processId)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{processId}/exe", returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
