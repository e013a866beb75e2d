using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FragGuard.Collector.Sessions;

/// <summary>What a process runs.</summary>
/// <param name="Line">Arguments joined by spaces, the program first; empty when they may not be read.</param>
/// <param name="ProgramName">
/// Name of the program, or of the assembly that the host <c>dotnet</c> runs, without folder, <c>.dll</c> and <c>.exe</c>; empty when unknown.
/// </param>
public sealed record TargetCommand(string Line, string ProgramName)
{
    private const string Host = "dotnet";

    /// <summary>Options of the host that stand before the assembly and take a value.</summary>
    private static readonly HashSet<string> HostOptions = new(StringComparer.Ordinal)
    {
        "--additional-deps", "--additionalprobingpath", "--depsfile", "--fx-version", "--roll-forward", "--runtimeconfig",
    };

    /// <param name="arguments">One each, the program first.</param>
    internal static TargetCommand Of(IReadOnlyList<string> arguments) => new(string.Join(' ', arguments), NameOf(arguments));

    /// <param name="line">Arguments joined by spaces; those that hold one may stand in quotes.</param>
    internal static TargetCommand Of(string line)
    {
        string[] parts = line.Split('"');
        return new TargetCommand(line, NameOf([.. parts.SelectMany(static (part, i) =>
            i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))]));
    }

    private static string NameOf(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
            return "";

        string program = Stem(arguments[0]);
        return program.Equals(Host, StringComparison.OrdinalIgnoreCase) && AssemblyOf(arguments) is { } assembly
            ? Stem(assembly)
            : program;
    }

    // Without an assembly the host is the SDK.
    private static string? AssemblyOf(IReadOnlyList<string> arguments)
    {
        int i = arguments.Count > 1 && string.Equals(arguments[1], "exec", StringComparison.Ordinal) ? 2 : 1;
        while (i < arguments.Count && arguments[i].StartsWith('-'))
            i += HostOptions.Contains(arguments[i]) ? 2 : 1;
        return i < arguments.Count && IsAssembly(arguments[i]) ? arguments[i] : null;
    }

    private static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        return IsAssembly(name) ? name[..^".dll".Length] : name;
    }

    private static bool IsAssembly(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
}
