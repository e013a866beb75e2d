using System;
using System.IO;
using System.Text;
using Spectre.Console;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>A writer whose other end is a terminal: it knows the columns and colours that tables may use.</summary>
public sealed class TerminalWriter(Stream stream, Encoding encoding, int columns, ColorSystem colors)
    : StreamWriter(stream, encoding, 1 << 12)
{
    private const int FewestColumns = 40;

    public int Columns { get; } = Math.Max(columns, FewestColumns);

    public ColorSystem Colors { get; } = colors;

    /// <summary>What this process's terminal reads, without a byte order mark.</summary>
    public static Encoding ConsoleEncoding => Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage
        ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        : Console.OutputEncoding;

    public static TerminalWriter On(Stream stream, Profile profile)
    {
        ColorSystem colors = profile.Capabilities.Ansi ? profile.Capabilities.ColorSystem : ColorSystem.NoColors;
        return new TerminalWriter(stream, ConsoleEncoding, profile.Width, colors);
    }
}
