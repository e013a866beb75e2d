using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Inputs;

/// <summary>
/// The bytes of a text in UTF-8, read as they are asked for into one array that each chunk overwrites. Every enumeration
/// opens the file anew; a pipe can be enumerated once. A file that begins with the mark of UTF-16 is recoded on the way.
/// </summary>
internal sealed class TextChunks : IEnumerable<ArraySegment<byte>>
{
    private const int ChunkBytes = 1 << 16;

    private readonly string _path;
    private readonly byte[] _head;
    private readonly FileStream? _pipe;
    private bool _isSpent;

    /// <exception cref="FragTraceException">The file cannot be read.</exception>
    public TextChunks(string path)
    {
        _path = path;
        FileStream file = InputFile.Open(path);
        byte[] chunk = new byte[ChunkBytes];
        _head = chunk.AsSpan(0, Read(file, chunk)).ToArray();
        if (file.CanSeek)
            file.Dispose();
        else
            _pipe = file;
    }

    /// <summary>Whether the text is a pipe's, whose bytes come only once.</summary>
    public bool IsReadOnce => _pipe is not null;

    /// <summary>What the text begins with; may be less than there is.</summary>
    public byte[] Head => _head;

    /// <exception cref="FragTraceException">The file cannot be read, or is a pipe that was read already.</exception>
    public IEnumerator<ArraySegment<byte>> GetEnumerator() => _pipe is null ? FileChunks() : PipeChunks(_pipe);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<ArraySegment<byte>> FileChunks()
    {
        using FileStream file = InputFile.Open(_path);
        using Stream text = Utf16() is { } utf16 ? Encoding.CreateTranscodingStream(file, utf16, Encoding.UTF8) : file;
        byte[] chunk = new byte[ChunkBytes];
        for (int read = Read(text, chunk); read > 0; read = Read(text, chunk))
            yield return new ArraySegment<byte>(chunk, 0, read);
    }

    private IEnumerator<ArraySegment<byte>> PipeChunks(FileStream pipe)
    {
        if (_isSpent)
            throw new FragTraceException($"{_path} can be read only once.", ExitCode.Arguments);
        _isSpent = true;
        using FileStream text = pipe;
        yield return _head;
        byte[] chunk = new byte[ChunkBytes];
        for (int read = Read(text, chunk); read > 0; read = Read(text, chunk))
            yield return new ArraySegment<byte>(chunk, 0, read);
    }

    private UnicodeEncoding? Utf16() => _head switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    private int Read(Stream text, byte[] chunk)
    {
        try
        {
            return text.Read(chunk, 0, chunk.Length);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", _path, exception);
        }
    }
}
