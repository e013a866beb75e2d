using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FragGuard.Analyzers.Tests;

/// <summary>The files of the repository the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    public static bool Exists(params string[] path) => File.Exists(Path.Combine([Root, .. path]));

    /// <summary>Paths of the C# files below a folder, build output left out, in ordinal order.</summary>
    public static IReadOnlyList<string> CSharpIn(params string[] folder)
    {
        string start = Path.Combine([Root, .. folder]);
        return !Directory.Exists(start)
            ? []
            : Directory.EnumerateFiles(start, "*.cs", SearchOption.AllDirectories)
                .Where(path => !Path.GetRelativePath(start, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                .OrderBy(path => path, StringComparer.Ordinal)
                .ToArray();
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FragGuard.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("No folder above the test assembly holds FragGuard.sln.");
    }
}
