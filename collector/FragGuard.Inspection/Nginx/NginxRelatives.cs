using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Master and workers of one nginx: parent, children and siblings that run the same program. Each maps a page of a zone only
/// once it used it, so all of them together tell how much of a zone is in memory.
/// </summary>
internal sealed class NginxRelatives : IDisposable
{
    private const int Most = 64;

    private readonly List<InspectedProcess> _relatives = [];

    private NginxRelatives()
    {
    }

    public IReadOnlyList<InspectedProcess> Processes => _relatives;

    public static NginxRelatives Of(InspectedProcess process)
    {
        NginxRelatives relatives = new();
        HashSet<int> ids = [process.Status.ParentId, .. ChildrenOf(process.ProcessId), .. ChildrenOf(process.Status.ParentId)];
        foreach (int id in ids.Where(id => id > 1 && id != process.ProcessId).Take(Most))
            relatives.TryAdd(id, process);
        return relatives;
    }

    public void Dispose()
    {
        foreach (InspectedProcess relative in _relatives)
            relative.Dispose();
    }

    private void TryAdd(int id, InspectedProcess process)
    {
        try
        {
            var relative = InspectedProcess.Open(id);
            if (string.Equals(relative.Executable, process.Executable, StringComparison.Ordinal) && process.Executable.Length > 0)
                _relatives.Add(relative);
            else
                relative.Dispose();
        }
        catch (InspectionException)
        {
            // It ended or may not be read: what it alone has in memory is not counted.
        }
    }

    private static IEnumerable<int> ChildrenOf(int id) =>
        (id <= 1 ? null : ProcFile.TryReadText(FormattableString.Invariant($"/proc/{id}/task/{id}/children")))?
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.TryParse(child, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
        ?? [];
}
