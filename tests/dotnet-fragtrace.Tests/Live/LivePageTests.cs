using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Live;
using Spectre.Console;

namespace FragGuard.FragTrace.Tests.Live;

public sealed class LivePageTests
{
    public static TheoryData<int, bool> Terminals => new()
    {
        { 60, true }, { 80, true }, { 140, true }, { 60, false }, { 80, false }, { 140, false },
    };

    [Theory, MemberData(nameof(Terminals))]
    public void FullPage_FitsItsTerminal(int columns, bool isUnicode)
    {
        string[] lines = Render(SampleMoments.Full, columns, isUnicode, SampleReports.Hostile + new string('t', 300));

        Assert.All(lines, line => Assert.True(line.Length <= columns, line));
        Assert.Contains(lines, line => line.StartsWith("gen0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("poh", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
        if (!isUnicode)
            Assert.DoesNotContain(lines, line => line.Contains('█', StringComparison.Ordinal));
    }

    [Fact]
    public void WideTerminal_ShowsMore()
    {
        string narrow = string.Join('\n', Render(SampleMoments.Full, 60));
        string medium = string.Join('\n', Render(SampleMoments.Full, 80));
        string wide = string.Join('\n', Render(SampleMoments.Full, 140));

        Assert.DoesNotContain("largest", narrow, StringComparison.Ordinal);
        Assert.Contains("holes", medium, StringComparison.Ordinal);
        Assert.Contains("9,999,999", medium, StringComparison.Ordinal);
        Assert.DoesNotContain("GC by GC", medium, StringComparison.Ordinal);
        Assert.Contains("GC by GC", wide, StringComparison.Ordinal);
        Assert.Contains("█", wide, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownHoles_AreNoColumn_NotZero()
    {
        LiveMoment moment = SampleMoments.Full with
        {
            LayoutGc = null,
            Generations = [.. SampleMoments.Full.Generations.Select(one => one with { Holes = null, LargestHoleBytes = null, UnknownRatio = null })],
        };

        Assert.DoesNotContain("holes", string.Join('\n', Render(moment, 140)), StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownIdleArrays_AreNotZero()
    {
        string[] pools = [.. Render(SampleMoments.Full, 140).Where(line => line.Contains("#3ffffff", StringComparison.Ordinal))];

        Assert.Contains("  ?  ≤ 128", pools[0], StringComparison.Ordinal);
        Assert.Contains("≤ 1,234,567  ≤ 128", pools[1], StringComparison.Ordinal);
    }

    [Fact]
    public void LostEvents_AreSaid_AndNoneAsWell()
    {
        Assert.Contains("1,234,567 events lost (1 %)", string.Join('\n', Render(SampleMoments.Full, 140)), StringComparison.Ordinal);
        Assert.Contains("no event lost", string.Join('\n', Render(SampleMoments.Empty, 140)), StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyPage_SaysThatNothingIsKnown()
    {
        string page = string.Join('\n', Render(SampleMoments.Empty, 80));

        Assert.Contains("No GC yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("gen0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Allocates", page, StringComparison.Ordinal);
        Assert.DoesNotContain("pools", page, StringComparison.Ordinal);
    }

    [Fact]
    public void LowTerminal_ShowsFewerTypes()
    {
        int Types(int rows) => Render(SampleMoments.Full with { Pools = null }, 140, rows: rows)
            .Count(line => line.StartsWith("System.", StringComparison.Ordinal));

        Assert.Equal(2, Types(10));
        Assert.Equal(6, Types(24));
        Assert.Equal(12, Types(60));
        Assert.True(Render(SampleMoments.Full with { Pools = null }, 80, rows: 24).Length <= 24);
    }

    [Fact]
    public async Task Screen_IsRedrawnInPlace()
    {
        using MemoryStream stream = new();
        using TerminalWriter terminal = new(stream, new UTF8Encoding(false), 80, ColorSystem.TrueColor);
        using StringWriter error = new();
        using ToolConsole console = new(terminal, error);
        LiveNotes notes = new(console, isOnScreen: true);
        notes.Add("Something happened.");
        await LiveScreen.On(terminal, "process 1", notes).RunAsync(show =>
        {
            show(SampleMoments.Full);
            show(SampleMoments.Full);
            return Task.CompletedTask;
        });
        string written = Encoding.UTF8.GetString(stream.ToArray());

        Assert.Contains("Something happened.", written, StringComparison.Ordinal);
        Assert.Equal("", error.ToString());
        Assert.Matches("\u001b\\[[0-9]+A", written);
        notes.Flush();
        Assert.Equal("Something happened." + Environment.NewLine, error.ToString());
    }

    private static string[] Render(LiveMoment moment, int columns, bool isUnicode = true, string title = "process 1", int rows = 50)
    {
        using StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = columns;
        console.Profile.Capabilities.Unicode = isUnicode;
        console.Write(new LivePage(columns, rows, isUnicode).Build(moment, title, (List<string>)["A note."]));
        return [.. writer.ToString().Split('\n').Select(line => line.TrimEnd())];
    }
}
