using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads;

/// <summary>Logs of glibc's mtrace, and what is none.</summary>
public sealed class MtraceReaderTests
{
    [Fact]
    public void Calls_AreTheEventsTheyLog()
    {
        AllocationTrace trace = Read(
            "= Start",
            "@ ./a out:(main+0x1d)[0x11c0] + 0x5581 0x14",
            "@ /lib/x.so:[0x22] + 0x7000 0",
            "@ ./a out:[0x11e8] < 0x5581",
            "@ ./a out:[0x11e8] > 0x9000 0x1388",
            "+ 0xffffffffffffffff 0x10",
            "@ ./a out:[0x1215] - 0x9000",
            "= End");
        Assert.Equal(
            [
                new AllocationEvent(AllocationEventKind.Allocate, 0, 20, Site: 0),
                new AllocationEvent(AllocationEventKind.Allocate, 1, 0, Site: 1),
                new AllocationEvent(AllocationEventKind.Reallocate, 0, 5_000, Site: 2),
                new AllocationEvent(AllocationEventKind.Allocate, 2, 16),
                new AllocationEvent(AllocationEventKind.Free, 0),
            ],
            trace.Events);
        Assert.Equal(
            "./a out:(main+0x1d)[0x11c0], /lib/x.so:[0x22], ./a out:[0x11e8]",
            string.Join(", ", trace.Sites.Select(site => site.Name)));
        Assert.Equal("line 2, line 3, line 5, line 6, line 7", string.Join(", ", trace.Events.Select(_ => trace.Whereabouts)));
    }

    [Fact]
    public void FailedRequests_AreLeftOut() => Assert.Empty(Read(
        "= Start", "@ a:[0x1] + (nil) 0xffffffffffffffff", "@ a:[0x1] ! 0x5581 0x8000000000000000").Events);

    [Fact]
    public void BlocksBornBeforeTheLog_AreLeftOutUntilTheyAreResized() => Assert.Equal(
        [AllocationEventKind.Allocate, AllocationEventKind.Free],
        Read("= Start", "- 0x1", "< 0x2", "> 0x3 0x8", "- 0x3", "- 0x3").Events.Select(next => next.Kind));

    [Fact]
    public void AddressGivenTwice_WasFreedUnseen() => Assert.Equal(
        [(AllocationEventKind.Allocate, 0L), (AllocationEventKind.Free, 0), (AllocationEventKind.Allocate, 1)],
        Read("= Start", "+ 0x1 0x8", "+ 0x1 0x9").Events.Select(next => (next.Kind, next.Id)));

    [Fact]
    public void BlockResizedOntoAnother_ReplacesIt() => Assert.Equal(
        [
            (AllocationEventKind.Allocate, 0L), (AllocationEventKind.Allocate, 1), (AllocationEventKind.Free, 1),
            (AllocationEventKind.Reallocate, 0),
        ],
        Read("= Start", "+ 0x1 0x8", "+ 0x2 0x8", "< 0x1", "> 0x2 0x10").Events.Select(next => (next.Kind, next.Id)));

    [Theory]
    [InlineData("nonsense", "it is no line of an mtrace log")]
    [InlineData("+ 0x1", "it is no line of an mtrace log")]
    [InlineData("+", "it is no line of an mtrace log")]
    [InlineData("@ a:[0x1] * 0x1 0x8", "it is no line of an mtrace log")]
    [InlineData("+ 0x1 0x10000000001", "the size is above 1099511627776")]
    [InlineData("+ 0x1 0xffffffffffffffff", "the size is above 1099511627776")]
    [InlineData("+ 0x1 eight", "the size is no number")]
    [InlineData("+ 0x1 0x", "the size is no number")]
    [InlineData("+ 0x1 0x12345678901234567", "the size is no number")]
    [InlineData("+ 1 0x8", "the address is no number")]
    [InlineData("- (nul)", "the address is no number")]
    [InlineData("> 0x1 0x8", "the resize that ends here did not begin in the line before")]
    public void OtherLine_IsNamedWithItsReason(string line, string reason) => Assert.Equal(
        $"line 2: {reason}", Assert.Throws<WorkloadFormatException>(() => Read("= Start", line).Events.Count()).Message);

    [Theory]
    [InlineData("line 2")]
    [InlineData("line 3", "", "> 0x2 0x8")]
    [InlineData("line 3", "- 0x2")]
    [InlineData("line 3", "< 0x2")]
    [InlineData("line 3", "= End")]
    public void ResizeThatDoesNotEnd_IsNamed(string where, params string[] rest) => Assert.Equal(
        $"{where}: the resize that began in the line before does not end here",
        Assert.Throws<WorkloadFormatException>(() => Read(["= Start", "< 0x1", .. rest]).Events.Count()).Message);

    [Theory]
    [InlineData("= Start\n", true)]
    [InlineData("= Star", false)]
    [InlineData("# = Start", false)]
    [InlineData("", false)]
    public void Log_IsKnownByItsFirstLine(string text, bool isLog) =>
        Assert.Equal(isLog, MtraceReader.Accepts(Encoding.UTF8.GetBytes(text)));

    /// <summary>Random bytes after the first line: a complaint that names a line, or events; never anything else.</summary>
    [Fact]
    public void AnyBytes_AreReadOrRefused()
    {
        SeededRandom random = new(1);
        const string Alphabet = "@ +-<>!0x12af()\n\0ü=nil";
        for (int i = 0; i < 5_000; i++)
        {
            string text = "= Start\n" + string.Concat(
                Enumerable.Range(0, (int)random.Next(0, 60)).Select(_ => Alphabet[(int)random.Next(0, Alphabet.Length - 1)]));
            try
            {
                Assert.True(Chunked(text).Count() <= text.Length, text);
            }
            catch (WorkloadFormatException refused)
            {
                Assert.InRange(refused.Line, 2, text.Length);
            }
        }
    }

    private static AllocationTrace Read(params string[] lines) =>
        MtraceReader.Read([new ArraySegment<byte>(Encoding.UTF8.GetBytes(string.Join('\n', lines)))]);

    private static IEnumerable<AllocationEvent> Chunked(string text) => MtraceReader.Read(
        Encoding.UTF8.GetBytes(text).Chunk(7).Select(chunk => new ArraySegment<byte>(chunk))).Events;
}
