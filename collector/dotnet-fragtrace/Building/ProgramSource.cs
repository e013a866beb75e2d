using System;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Building;

/// <summary>What the user named to <c>run</c>: a project file, a folder with one project, or a built assembly.</summary>
/// <param name="Path">Full path of the project file or assembly.</param>
public sealed record ProgramSource(string Path)
{
    public bool IsProject => Path.EndsWith("proj", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FragTraceException">Nothing that can be run is there.</exception>
    public static ProgramSource Find(string named)
    {
        if (Directory.Exists(named))
        {
            string[] projects = Directory.GetFiles(named, "*.csproj").OrderBy(path => path, StringComparer.Ordinal).ToArray();
            return projects.Length switch
            {
                1 => new ProgramSource(System.IO.Path.GetFullPath(projects[0])),
                0 => throw Unusable($"'{named}' holds no C# project."),
                _ => throw Unusable($"'{named}' holds {projects.Length} projects; name one of them."),
            };
        }

        if (!File.Exists(named))
            throw Unusable($"'{named}' does not exist.");
        return System.IO.Path.GetExtension(named).ToLowerInvariant() switch
        {
            ".csproj" or ".dll" => new ProgramSource(System.IO.Path.GetFullPath(named)),
            _ => throw Unusable($"'{named}' is neither a C# project (.csproj) nor a built assembly (.dll)."),
        };
    }

    private static FragTraceException Unusable(string message) => new(message, ExitCode.Arguments);
}
