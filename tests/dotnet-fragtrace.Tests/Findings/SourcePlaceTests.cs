using System.Linq;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class SourcePlaceTests
{
    [Theory]
    [InlineData("/a/b/C.cs", "/a/b/C.cs", true)]
    [InlineData("/a/b/C.cs", "/a/b/D.cs", false)]
    [InlineData("/a/b/C.cs", "/a/x/C.cs", false)]
    [InlineData("/a/b/C.cs", "/_/b/C.cs", true)]
    [InlineData("/a/b/C.cs", "/_/b/D.cs", false)]
    [InlineData("/a/b/C.cs", "b/C.cs", true)]
    [InlineData("/a/b/C.cs", "", false)]
    public void SameFile_ByPathOrByEndingOfAMappedPath(string left, string right, bool same)
    {
        Assert.Equal(same, new SourcePlace(left, 1).IsInFileOf(new SourcePlace(right, 1)));
        Assert.Equal(same, new SourcePlace(right, 1).IsInFileOf(new SourcePlace(left, 1)));
    }

    [Fact]
    public void ExactLine_WinsOverItsNeighbour() => Assert.Equal([10], Matches(10, 9, 10, 11));

    [Fact]
    public void NoExactLine_TakesTheNearestOfTheStatement() => Assert.Equal([12], Matches(10, 12, 13));

    [Fact]
    public void LineBeyondTheStatement_DoesNotMatch() => Assert.Empty(Matches(10, 14));

    [Theory]
    [InlineData(10, 12, true)]
    [InlineData(8, 10, true)]
    [InlineData(11, 12, false)]
    [InlineData(8, 9, false)]
    [InlineData(0, 0, true)]
    public void NearLine_MatchesInItsOwnMethodOnly(int firstLine, int lastLine, bool matches)
    {
        AllocationSite[] sites = [new("M", "/a/C.cs", 11, null, firstLine, lastLine)];

        Assert.Equal(matches, new SourcePlace("/a/C.cs", 10).Match(sites, site => site).Count > 0);
        Assert.Single(new SourcePlace("/a/C.cs", 11).Match(sites, site => site));
    }

    [Fact]
    public void NearestLineOfAnotherMethod_GivesWayToOneOfItsOwn()
    {
        AllocationSite[] sites = [new("Other", "/a/C.cs", 9, null, 9, 9), new("Own", "/a/C.cs", 12, null, 10, 14)];

        Assert.Equal("Own", Assert.Single(new SourcePlace("/a/C.cs", 10).Match(sites, site => site)).Name);
    }

    [Fact]
    public void UnknownLine_DoesNotMatch() => Assert.Empty(Matches(2, 0));

    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(12, 12, true)]
    [InlineData(13, 20, false)]
    [InlineData(0, 0, false)]
    public void SiteWithoutALine_MatchesByItsMethod(int firstLine, int lastLine, bool matches)
    {
        AllocationSite[] sites = [new("M", "/a/C.cs", 0, null, firstLine, lastLine)];

        Assert.Equal(matches, new SourcePlace("/a/C.cs", 12).MatchMethod(sites, site => site).Any());
        Assert.False(new SourcePlace("/a/D.cs", 12).MatchMethod(sites, site => site).Any());
    }

    [Theory]
    [InlineData("/a/C.cs:12", "/a/C.cs", 12)]
    [InlineData("C:\\a\\C.cs:7", "C:\\a\\C.cs", 7)]
    public void Text_IsReadFromItsLastColon(string text, string file, int line) =>
        Assert.Equal(new SourcePlace(file, line), SourcePlace.Parse(text));

    [Theory]
    [InlineData("/a/C.cs")]
    [InlineData("/a/C.cs:x")]
    [InlineData(":3")]
    public void TextWithoutALine_IsNoPlace(string text) => Assert.Null(SourcePlace.Parse(text));

    private static int[] Matches(int line, params int[] candidates) =>
        [.. new SourcePlace("/a/C.cs", line).Match(candidates, one => new AllocationSite("M", "/a/C.cs", one))];
}
