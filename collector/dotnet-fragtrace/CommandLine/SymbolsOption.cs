using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The <c>--symbols</c> of every verb that reads recordings.</summary>
internal sealed class SymbolsOption
{
    private readonly Option<string[]> _folders = new("--symbols")
    {
        Description =
            "Folder with the PDBs of the recorded program, or assemblies that hold theirs; looked up by id, at any depth, and "
            + "instead of the places that the recording names. Repeat for more.",
        HelpName = "folder",
    };

    public void AddTo(Command command) => command.Add(_folders);

    /// <exception cref="FragTraceException">A folder is not there.</exception>
    public ReadingOptions Read(ParseResult parsed)
    {
        IReadOnlyList<string> folders = parsed.GetValue(_folders) ?? [];
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder))
                throw new FragTraceException($"--symbols {folder}: there is no such folder.", ExitCode.Arguments);
        }

        return new ReadingOptions { SymbolFolders = folders };
    }
}
