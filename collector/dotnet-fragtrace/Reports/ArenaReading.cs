using System.Collections.Generic;
using FragGuard.Inspection.Allocators;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>arenas</c> reads of a process.</summary>
/// <param name="Glibc">Null when it has no arenas of glibc.</param>
/// <param name="Private">Null when the kernel does not tell.</param>
internal sealed record ArenaReading(
    int ProcessId, string Name, string Program, IReadOnlyList<NamedAllocator> Allocators, GlibcSnapshot? Glibc, PrivateMemory? Private)
{
    /// <exception cref="InspectionException">No such process, no permission, or it ended meanwhile.</exception>
    public static ArenaReading Of(int processId)
    {
        using InspectedProcess process = InspectedProcess.Open(processId);
        GlibcSnapshot? glibc = GlibcInspection.Read(process);
        ArenaReading reading = new(
            processId, process.Status.Name, process.Executable, LoadedAllocators.In(process.Mappings()), glibc, PrivateMemory.Of(process));
        process.RequireRunning();
        return reading;
    }
}
