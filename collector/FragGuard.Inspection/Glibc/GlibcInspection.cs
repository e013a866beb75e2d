using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>Looks at glibc's malloc in a running process.</summary>
public static class GlibcInspection
{
    /// <summary>Null when the process has no arenas of glibc.</summary>
    /// <exception cref="InspectionException">The process ended meanwhile.</exception>
    public static GlibcSnapshot? Read(InspectedProcess process)
    {
        GlibcSnapshot? snapshot = new GlibcReader(
            process.Memory, process.Mappings(), process.Pages.Of, ResidentPages.PageBytes).Read();
        process.RequireRunning();
        return snapshot;
    }
}
