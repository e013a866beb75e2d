using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace FragGuard.Collector.Sites;

/// <summary>The source lines of one assembly, from its portable PDB.</summary>
internal sealed class PortablePdb : IDisposable
{
    private const long MaxBytes = 512L << 20;

    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;

    private PortablePdb(MetadataReaderProvider provider)
    {
        _provider = provider;
        try
        {
            _reader = provider.GetMetadataReader();
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The PDB at that path, or inside or beside the assembly at that path. Null when it is not there, is none, or is that
    /// of another build.
    /// </summary>
    /// <param name="id">The id asked for; null when any that belongs to the assembly is right.</param>
    public static PortablePdb? TryOpen(string path, Guid? id) => Try(() =>
    {
        if (!IsReadable(path))
            return null;

        return IsPdb(path) ? OpenFile(path, id) : OpenOf(path, id);
    });

    /// <summary>The id of a PDB, or of that inside an assembly; null when there is none.</summary>
    public static Guid? TryReadId(string path) => Try<Guid?>(() =>
    {
        if (!IsReadable(path))
            return null;

        if (IsPdb(path))
        {
            using PortablePdb? pdb = OpenFile(path, id: null);
            return pdb?.Id;
        }

        using PEReader image = new(File.OpenRead(path));
        DebugDirectoryEntry[] entries = [.. image.ReadDebugDirectory()];
        return entries.Any(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb) ? IdIn(image, entries) : null;
    });

    /// <summary>The line the IL offset belongs to; line 0 for a negative offset. Null when the method has no source.</summary>
    public SourceLine? LineAt(int methodToken, int ilOffset) => Try(() => Find(methodToken, ilOffset));

    public void Dispose() => _provider.Dispose();

    private Guid? Id => _reader.DebugMetadataHeader is { } header ? new BlobContentId(header.Id).Guid : null;

    // Whatever is wrong with a file, the lines of its assembly are unknown, no more.
    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or BadImageFormatException or InvalidOperationException or ArgumentException or NotSupportedException
            or OverflowException)
        {
            return default;
        }
    }

    private static PortablePdb? OpenOf(string assemblyPath, Guid? id)
    {
        using PEReader image = new(File.OpenRead(assemblyPath));
        DebugDirectoryEntry[] entries = [.. image.ReadDebugDirectory()];
        Guid? own = IdIn(image, entries);
        if (id is not null && own != id)
            return null;

        foreach (DebugDirectoryEntry entry in entries)
        {
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
                return new PortablePdb(image.ReadEmbeddedPortablePdbDebugDirectoryData(entry));
        }

        return own is null
            ? null
            : BesideOf(assemblyPath, image, entries)
                .Where(IsReadable)
                .Select(path => Try(() => OpenFile(path, own)))
                .FirstOrDefault(pdb => pdb is not null);
    }

    private static string[] BesideOf(string assemblyPath, PEReader image, DebugDirectoryEntry[] entries) =>
    [
        Path.ChangeExtension(assemblyPath, ".pdb"),
        .. entries.Where(IsPortableCodeView).Select(entry => image.ReadCodeViewDebugDirectoryData(entry).Path),
    ];

    private static Guid? IdIn(PEReader image, DebugDirectoryEntry[] entries)
    {
        foreach (DebugDirectoryEntry entry in entries.Where(IsPortableCodeView))
            return image.ReadCodeViewDebugDirectoryData(entry).Guid;

        return null;
    }

    private static bool IsPortableCodeView(DebugDirectoryEntry entry) =>
        entry.Type == DebugDirectoryEntryType.CodeView && entry.IsPortableCodeView;

    private static PortablePdb? OpenFile(string path, Guid? id)
    {
        PortablePdb pdb = new(MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(path)));
        if (id is null || pdb.Id == id)
            return pdb;

        pdb.Dispose();
        return null;
    }

    private static bool IsPdb(string path) => path.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase);

    // The path may come from a recording: nothing but a plain local file of sane size is opened.
    private static bool IsReadable(string path)
    {
        if (!Path.IsPathFullyQualified(path) || path.StartsWith(@"\\", StringComparison.Ordinal)
            || path.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        FileInfo file = new(path);
        return file.Exists && file.Length is > 0 and <= MaxBytes;
    }

    private SourceLine? Find(int methodToken, int ilOffset)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(methodToken);
        if (handle.Kind != HandleKind.MethodDefinition)
            return null;

        MethodDebugInformation information = _reader.GetMethodDebugInformation(
            ((MethodDefinitionHandle)handle).ToDebugInformationHandle());
        SequencePoint? best = null;
        int firstLine = int.MaxValue;
        int lastLine = 0;
        foreach (SequencePoint point in information.GetSequencePoints())
        {
            if (point.IsHidden)
                continue;

            firstLine = Math.Min(firstLine, point.StartLine);
            lastLine = Math.Max(lastLine, point.EndLine);
            if (best is null || point.Offset <= ilOffset)
                best = point;
        }

        if (best is not { } found)
            return null;

        string file = _reader.GetString(_reader.GetDocument(found.Document).Name);
        return new SourceLine(file, ilOffset < 0 ? 0 : found.StartLine, firstLine, lastLine);
    }
}
