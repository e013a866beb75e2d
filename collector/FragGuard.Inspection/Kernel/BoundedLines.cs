using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace FragGuard.Inspection.Kernel;

/// <summary>Lines of a text that may have been made to be endless.</summary>
internal sealed class BoundedLines(TextReader text)
{
    private const int LongestLine = 4096;
    private const long MostLines = 1_000_000_000;

    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _filled;
    private long _lines;

    /// <summary>Null at the end.</summary>
    /// <exception cref="FormatException">A line, or the text, is longer than any of a recording, or it is damaged.</exception>
    public string? Next()
    {
        _line.Clear();
        if (++_lines > MostLines)
            throw new FormatException("It has more lines than any recording.");
        while (true)
        {
            if (_at == _filled && !Fill())
                return _line.Length == 0 ? null : _line.ToString();
            ReadOnlySpan<char> left = _buffer.AsSpan(_at, _filled - _at);
            int end = left.IndexOf('\n');
            ReadOnlySpan<char> piece = end < 0 ? left : left[..end];
            if (_line.Length + piece.Length > LongestLine)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {_lines} is longer than any of a recording."));
            _line.Append(piece);
            _at += piece.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
                return _line.ToString();
        }
    }

    private bool Fill()
    {
        try
        {
            (_at, _filled) = (0, text.Read(_buffer, 0, _buffer.Length));
            return _filled > 0;
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("It is no gzip file, or a damaged one.", exception);
        }
    }
}
