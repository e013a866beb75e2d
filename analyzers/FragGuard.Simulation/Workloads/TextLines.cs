using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// The lines of a text that comes in chunks of bytes, one at a time, without their line ends. It allocates nothing per
/// line: a line is a part of its chunk, or of a buffer of its own when it spans two.
/// </summary>
internal sealed class TextLines : IDisposable
{
    /// <summary>Longest line in bytes; a longer one is no workload, and is not kept in memory to find out.</summary>
    public const int LongestLine = 1 << 17;

    private readonly IEnumerator<ArraySegment<byte>> _chunks;
    private byte[] _chunk = [];
    private int _next;
    private int _chunkEnd;
    private byte[] _begun = new byte[256];

    /// <param name="chunks">A chunk is done with when the next one is asked for, so a source may fill one array again and again.</param>
    public TextLines(IEnumerable<ArraySegment<byte>> chunks) => _chunks = chunks.GetEnumerator();

    /// <summary>Holds the line, from <see cref="Start"/> to <see cref="End"/>, until the next one is read.</summary>
    public byte[] Bytes { get; private set; } = [];

    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>1-based number of the line.</summary>
    public long Number { get; private set; }

    /// <returns>False when there is no further line.</returns>
    /// <exception cref="WorkloadFormatException">The line is too long.</exception>
    public bool Read()
    {
        int begun = 0;
        while (true)
        {
            if (_next == _chunkEnd && !NextChunk())
            {
                if (begun == 0)
                    return false;
                Number++;
                return Show(_begun, 0, begun);
            }

            int end = Array.IndexOf(_chunk, (byte)'\n', _next, _chunkEnd - _next);
            int start = _next;
            int length = (end < 0 ? _chunkEnd : end) - start;
            if (begun + length > LongestLine)
                throw new WorkloadFormatException(Number + 1, $"longer than {LongestLine} bytes");
            _next = end < 0 ? _chunkEnd : end + 1;
            if (end >= 0 && begun == 0)
            {
                Number++;
                return Show(_chunk, start, end);
            }

            Keep(start, length, begun);
            begun += length;
            if (end < 0)
                continue;
            Number++;
            return Show(_begun, 0, begun);
        }
    }

    public void Dispose() => _chunks.Dispose();

    private bool NextChunk()
    {
        do
        {
            if (!_chunks.MoveNext())
                return false;
            _chunk = _chunks.Current.Array ?? [];
            _next = _chunks.Current.Offset;
            _chunkEnd = _next + _chunks.Current.Count;
        }
        while (_next == _chunkEnd);
        return true;
    }

    private void Keep(int start, int length, int begun)
    {
        if (begun + length > _begun.Length)
            Array.Resize(ref _begun, Math.Max(begun + length, 2 * _begun.Length));
        Buffer.BlockCopy(_chunk, start, _begun, begun, length);
    }

    /// <summary>Shows a line, without the byte order mark that a text may begin with.</summary>
    private bool Show(byte[] bytes, int start, int end)
    {
        bool isMarked = Number == 1 && end - start >= 3
            && bytes[start] == 0xEF && bytes[start + 1] == 0xBB && bytes[start + 2] == 0xBF;
        Bytes = bytes;
        Start = isMarked ? start + 3 : start;
        End = end;
        return true;
    }
}
