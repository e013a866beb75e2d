using System;
using System.IO;

namespace FragGuard.Testing.Tests;

/// <summary>A shell script in the place of the tool.</summary>
internal static class ScriptedTool
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "fragguard-tool", "dotnet-fragtrace.dll");

    /// <summary>The tool, one verb of which gets these options besides.</summary>
    public static string With(DirectoryInfo folder, string verb, string options) => Of(folder, $"""
        verb=$1
        shift
        if [ "$verb" = {verb} ]; then exec dotnet '{Tool}' {verb} {options} "$@"; fi
        exec dotnet '{Tool}' "$verb" "$@"
        """);

    public static string Of(DirectoryInfo folder, string lines)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        string path = Path.Combine(folder.FullName, "tool.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + lines + "\n");
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }
}
