using System;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class PoolWordsTests
{
    private static readonly PoolRow Row = SampleReports.Full.Pools[0] with { Pool = "shared #1f", ElementType = "System.Char" };

    [Fact]
    public void KnownPool_HasItsFiguresInBytes()
    {
        Assert.Equal("shared Char", PoolWords.Name(Row));
        Assert.Equal("640 KiB – 896 KiB", PoolWords.Idle(Row));
        Assert.Equal("11 empty, 1 too long", PoolWords.Misses(Row));
        Assert.Equal("128+", PoolWords.Bound(Row));
    }

    [Fact]
    public void UnknownElement_LeavesArrays()
    {
        PoolRow unknown = Row with { ElementType = null, ElementBytes = null, IdleBytesAtLeast = null, IdleBytesAtMost = null };

        Assert.Equal("shared #1f, size unknown", PoolWords.Name(unknown));
        Assert.Equal("5 – 7 arrays", PoolWords.Idle(unknown));
        Assert.Contains(PoolWords.Notes([unknown]), note => note.Contains("name no element type", StringComparison.Ordinal));
        Assert.DoesNotContain(PoolWords.Notes([Row]), note => note.Contains("name no element type", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("System.Collections.Generic.KeyValuePair`2[System.String,System.Int32]", "KeyValuePair`2[System.String,System.Int32]")]
    [InlineData("App.Shop+Order", "Order")]
    [InlineData("Order", "Order")]
    [InlineData("", "2 B each")]
    public void ElementType_IsNamedShort(string type, string expected) =>
        Assert.Equal(expected, PoolWords.Element(Row with { ElementType = type }));

    [Fact]
    public void RentsThatWereNotRecorded_AreUnknown_NotNone()
    {
        PoolRow quiet = Row with { Rented = null, HitRatio = null, Outstanding = null, Returned = null, IdleAtMost = null, IdleBytesAtMost = null };
        string text = Text(SampleReports.Empty with { Pools = [quiet] });

        Assert.Equal(("?", "≥ 640 KiB"), (PoolWords.Count(quiet.Rented), PoolWords.Idle(quiet)));
        Assert.Contains("what is rented and not returned", text, StringComparison.Ordinal);
        Assert.Contains("Idle has no upper end", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Idle has no upper end", Text(SampleReports.Empty with { Pools = [Row] }), StringComparison.Ordinal);
    }

    [Fact]
    public void BoundThatWasOnlySeen_SaysSo()
    {
        PoolRow created = Row with { Kind = "created", Bound = 3, BoundIsExact = false, BoundIsPlusOnePerThread = false };

        Assert.Equal("≥ 3", PoolWords.Bound(created));
        Assert.Equal("3", PoolWords.Bound(created with { BoundIsExact = true }));
        Assert.Equal("?", PoolWords.Bound(created with { Bound = null }));
        Assert.Single(PoolWords.Notes([created with { ReturnedUnseen = 0 }]));
    }

    [Fact]
    public void StreamsNotRecordedOneByOne_AreUnknown_NotNone()
    {
        StreamReport all = SampleReports.Full.Streams!;
        string[] known = [.. StreamWords.Facts(all)];
        string[] unknown = [.. StreamWords.Facts(all with { Created = null, Disposed = null, Outstanding = null })];

        Assert.Contains(known, fact => fact.Contains("1 live at the end", StringComparison.Ordinal));
        Assert.Contains(unknown, fact => fact.Contains("how many live is unknown", StringComparison.Ordinal));
    }

    private static string Text(RunReport report) =>
        string.Join(' ', WrittenReport.Text(report, "text").Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
}
