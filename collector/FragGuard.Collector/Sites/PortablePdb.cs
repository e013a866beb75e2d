using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace FragGuard.Collector.Sites;

/// <summary>The source lines of one assembly, from the portable PDB inside or beside it.</summary>
internal sealed class PortablePdb : IDisposable
{
    private const long MaxBytes = 512L << 20;

    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;

    private PortablePdb(MetadataReaderProvider provider)
    {
        _provider = provider;
        _reader = provider.GetMetadataReader();
    }

    /// <summary>Null when the assembly or a PDB that belongs to it is not there, or is none.</summary>
    public static PortablePdb? TryOpen(string assemblyPath)
    {
        try
        {
            return IsReadable(assemblyPath) ? Open(assemblyPath) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or BadImageFormatException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The line the IL offset belongs to; line 0 for a negative offset. Null when the method has no source.</summary>
    public SourceLine? LineAt(int methodToken, int ilOffset)
    {
        try
        {
            return Find(methodToken, ilOffset);
        }
        catch (Exception exception) when (exception is BadImageFormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Dispose() => _provider.Dispose();

    private static PortablePdb? Open(string assemblyPath)
    {
        using PEReader image = new(File.OpenRead(assemblyPath));
        foreach (DebugDirectoryEntry entry in image.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
                return new PortablePdb(image.ReadEmbeddedPortablePdbDebugDirectoryData(entry));
        }

        foreach (DebugDirectoryEntry entry in image.ReadDebugDirectory())
        {
            if (entry.Type != DebugDirectoryEntryType.CodeView || !entry.IsPortableCodeView)
                continue;

            CodeViewDebugDirectoryData data = image.ReadCodeViewDebugDirectoryData(entry);
            BlobContentId wanted = new(data.Guid, entry.Stamp);
            string[] candidates = [Path.ChangeExtension(assemblyPath, ".pdb"), data.Path];
            PortablePdb? found = candidates.Where(IsReadable).Select(path => OpenFile(path, wanted)).FirstOrDefault(pdb => pdb is not null);
            if (found is not null)
                return found;
        }

        return null;
    }

    private static PortablePdb? OpenFile(string path, BlobContentId wanted)
    {
        PortablePdb pdb = new(MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(path)));
        if (pdb._reader.DebugMetadataHeader is { } header && new BlobContentId(header.Id) == wanted)
            return pdb;

        pdb.Dispose();
        return null;
    }

    // The path comes from the recording: nothing but a plain local file of sane size is opened.
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
