using System;
using System.IO;
using System.Linq;
using System.Text;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using Spectre.Console;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class TextCanvasTests
{
    [Fact]
    public void TerminalWithColors_GetsThem() =>
        Assert.Contains("\u001b[", OnTerminal(ColorSystem.TrueColor, 100), StringComparison.Ordinal);

    [Fact]
    public void TerminalWithoutColors_GetsNone() =>
        Assert.DoesNotContain("\u001b", OnTerminal(ColorSystem.NoColors, 100), StringComparison.Ordinal);

    [Theory]
    [InlineData(100)]
    [InlineData(160)]
    public void Tables_FitTheTerminal(int columns) => Assert.InRange(
        OnTerminal(ColorSystem.NoColors, columns).Split('\n').Max(line => line.Length), columns / 2, columns + 1);

    [Fact]
    public void NarrowTerminal_KeepsThePoolsReadable()
    {
        string written = OnTerminal(ColorSystem.NoColors, 80, SampleReports.Full);

        Assert.Contains("shared #19fd5c7", written, StringComparison.Ordinal);
        Assert.DoesNotContain("trimmed", written, StringComparison.Ordinal);
    }

    private static string OnTerminal(ColorSystem colors, int columns) =>
        OnTerminal(colors, columns, SampleReports.Named(new string('w', 50)));

    private static string OnTerminal(ColorSystem colors, int columns, RunReport report)
    {
        using MemoryStream stream = new();
        using TerminalWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), columns, colors);
        ReportFormats.ByName("text").Writer.Write(report, writer);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
