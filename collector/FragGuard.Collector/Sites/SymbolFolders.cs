using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FragGuard.Collector.Sites;

/// <summary>
/// PDBs in folders the user named, by their id: beside or inside assemblies, or alone, at any depth. A recording may come
/// from anybody; none of its paths is looked at.
/// </summary>
internal sealed class SymbolFolders(IReadOnlyList<string> folders)
{
    private const int MaxFiles = 20_000;
    private const int MaxDepth = 16;

    private static readonly string[] Extensions = [".pdb", ".dll", ".exe"];

    private Dictionary<Guid, string>? _files;

    public bool Any => folders.Count > 0;

    /// <summary>Null when no file in the folders has it.</summary>
    public PortablePdb? TryOpen(Guid id)
    {
        _files ??= Index();
        return _files.TryGetValue(id, out string? path) ? PortablePdb.TryOpen(path, id) : null;
    }

    private Dictionary<Guid, string> Index()
    {
        Dictionary<Guid, string> files = [];
        foreach (string path in folders.Where(Directory.Exists).SelectMany(Candidates).Take(MaxFiles))
        {
            if (PortablePdb.TryReadId(path) is { } id)
                files.TryAdd(id, path);
        }

        return files;
    }

    private static IEnumerable<string> Candidates(string folder)
    {
        EnumerationOptions everything = new()
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MaxDepth,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return Directory.EnumerateFiles(Path.GetFullPath(folder), "*", everything)
            .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .OrderBy(path => path, StringComparer.Ordinal);
    }
}
