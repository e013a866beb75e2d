using System;
using System.IO;
using System.Linq;
using FragGuard.Corpus.Costs;

namespace FragGuard.Analyzers.Tests.Corpus.Costs;

public class AnalyzerTableTests
{
    private const string Printed = """
        Ours.cs(1,2): warning FG2001: 0.123 4 Nothing, Version=1

        Total analyzer execution time: 1,234.568 seconds.
        NOTE: Elapsed time may be less than analyzer execution time because analyzers can run concurrently.

        Time (s)    %   Analyzer
        1,234.500   99   Theirs, Version=1.2.3.4, Culture=neutral, PublicKeyToken=null
        1,234.000   99      Theirs.Slow (A1, A2)
           0.500   <1      Theirs.Fast (A3)
          <0.001   <1      Theirs.None (A4)

           0.068   <1   Ours, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null
           0.064   <1      Ours.Texts (FG1001, FG1002)
           0.004   <1      Ours.Members (FG2001)
          <0.001   <1      Ours.Types (FG1001)
          <0.001   <1      Ours.Others (FG1002)

        All analyzers have enabled concurrent execution.
        """;

    private readonly AnalyzerTable _table = AnalyzerTable.Read(Printed);

    [Fact]
    public void Rows_AreThoseBelowTheirAssembly()
    {
        Assert.Equal(["Theirs", "Ours"], _table.Assemblies, StringComparer.Ordinal);
        Assert.Equal(
            [new("Ours", "Ours.Texts", 64), new("Ours", "Ours.Members", 4), new("Ours", "Ours.Types", 0.5), new("Ours", "Ours.Others", 0.5)],
            _table.Of("Ours"));
        Assert.Equal(1_234_000, _table.Of("Theirs").First().Ms);
    }

    [Fact]
    public void Sum_CountsHalfAMillisecondWhereItIsLess()
    {
        Assert.Equal(69, _table.SumOf("Ours"));
        Assert.Equal(0, _table.SumOf("Nobodys"));
    }

    [Fact]
    public void Median_IsTheMiddleOrBetweenTwo()
    {
        Assert.Equal(500, _table.MedianOf("Theirs"));
        Assert.Equal(2.25, _table.MedianOf("Ours"));
        Assert.Equal(4, _table.MedianOf("Ours", "Theirs"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ours.cs(1,2): warning FG2001: Rent\n   0.068   <1   Ours, Version=0.1.0.0")]
    public void OutputWithoutTimes_IsRefused(string printed) => Assert.Throws<InvalidDataException>(() => AnalyzerTable.Read(printed));
}
