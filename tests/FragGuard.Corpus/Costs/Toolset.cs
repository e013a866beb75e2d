using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace FragGuard.Corpus.Costs;

/// <summary>The compiler and the reference assemblies of the SDK that this program's runtime came with.</summary>
internal sealed class Toolset
{
    private readonly string _root;

    private Toolset(string root) => _root = root;

    /// <summary>The dotnet folder around the runtime: <c>shared/Microsoft.NETCore.App/version</c> inside it.</summary>
    public static Toolset OfThisRuntime { get; } = new(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));

    public string Dotnet => Path.Combine(_root, "dotnet");

    public string Compiler => Path.Combine(Roslyn, "csc.dll");

    public string Server => Path.Combine(Roslyn, "VBCSCompiler.dll");

    public IEnumerable<string> References => Directory.EnumerateFiles(
        Path.Combine(Newest(Path.Combine(_root, "packs", "Microsoft.NETCore.App.Ref")), "ref", $"net{Environment.Version.Major}.0"), "*.dll")
        .Order(StringComparer.Ordinal);

    private string Roslyn => Path.Combine(Newest(Path.Combine(_root, "sdk")), "Roslyn", "bincore");

    /// <summary>The folder of the newest version that is not newer than this runtime's major one.</summary>
    private static string Newest(string folder) => Directory.EnumerateDirectories(folder)
        .Select(path => (Path: path, Version: Version.TryParse(Path.GetFileName(path).Split('-')[0], out Version? version) ? version : null))
        .Where(found => found.Version?.Major == Environment.Version.Major)
        .MaxBy(found => found.Version).Path
        ?? throw new DirectoryNotFoundException($"'{folder}' has no version {Environment.Version.Major}.");
}
