using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>The traceable processes as a person reads them.</summary>
internal static class ProcessText
{
    public static void Write(IReadOnlyList<ProcessRow> processes, TextWriter output)
    {
        TextCanvas canvas = new(output);
        if (processes.Count == 0)
        {
            canvas.Line("No .NET process that can be traced was found.");
            return;
        }

        TextTable table = new(">Pid", "Name", "Path", "Command line");
        foreach (ProcessRow process in processes)
        {
            table.Add(
                process.ProcessId.ToString(CultureInfo.InvariantCulture),
                process.IsOtherUser ? process.Name + " (other user)" : process.Name,
                process.MainModulePath ?? string.Empty,
                process.CommandLine);
        }

        canvas.Table(table);
    }
}
