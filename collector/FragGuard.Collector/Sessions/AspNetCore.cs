using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FragGuard.Collector.Sessions;

/// <summary>
/// Whether a process may serve with ASP.NET Core. Only then are its memory pools asked for: a program that ends just as the
/// metrics are read for the first time, one second after a session began, hangs for ever (seen on .NET 10.0.12). Its end holds
/// the lock of all event sources and waits for the thread that reads, and that thread waits for the lock to make the event
/// source of tasks, unless a task has made it before; a server made tasks long before.
/// </summary>
internal static class AspNetCore
{
    private const string Framework = "\"Microsoft.AspNetCore.App\"";
    private const string Assemblies = "/Microsoft.AspNetCore.";
    private const string ConfigSuffix = ".runtimeconfig.json";
    private const string ConfigOption = "--runtimeconfig";
    private const string AssemblySuffix = ".dll";
    private const string Host = "dotnet";
    private const int MaxConfigBytes = 1 << 20;

    /// <summary>
    /// True where assemblies of it are mapped, where the program's configuration names it, be it beside the program or in its
    /// single file, and where nothing tells: no procfs, no permission, or a program compiled to native code.
    /// </summary>
    public static bool MayBeIn(int processId)
    {
        if (ProcessEntry.TryRead(processId) is not { } process || process.MainModulePath() is not { } program)
            return true;
        if (IsMapped(processId))
            return true;

        string?[] configs = SingleFileProgram.Configuration(process.MainModule) is { } own
            ? [own]
            : [.. ConfigsOf(process.Arguments(), program).Select(path => TryRead(process.AsSeenByUs(path)))];
        return configs.All(static text => text is null)
            ? !string.Equals(Path.GetFileName(program), Host, StringComparison.Ordinal)
            : configs.Any(static text => text?.Contains(Framework, StringComparison.Ordinal) == true);
    }

    /// <summary>Where the host looks for what the program needs.</summary>
    private static IEnumerable<string> ConfigsOf(string[] arguments, string program)
    {
        yield return program + ConfigSuffix;
        int option = Array.IndexOf(arguments, ConfigOption) + 1;
        if (option > 0 && option < arguments.Length)
            yield return arguments[option];
        if (arguments.FirstOrDefault(static one => one.EndsWith(AssemblySuffix, StringComparison.OrdinalIgnoreCase)) is { } assembly)
            yield return assembly[..^AssemblySuffix.Length] + ConfigSuffix;
    }

    private static bool IsMapped(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/maps").Any(static line => line.Contains(Assemblies, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            // A pipe or a device, which could hold us up, has no length; a link has one of its own.
            FileInfo file = new(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file is { Exists: true, Length: > 0 and <= MaxConfigBytes } ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
