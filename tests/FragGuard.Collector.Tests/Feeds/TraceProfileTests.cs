using System;
using System.Linq;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Tests.Feeds;

public sealed class TraceProfileTests
{
    public static TheoryData<string> Names => [.. TraceProfile.All.Select(profile => profile.Name)];

    [Theory, MemberData(nameof(Names))]
    public void EveryProfile_AsksEachProviderOnce(string name)
    {
        TraceProfile profile = TraceProfile.ByName(name);

        Assert.NotEmpty(profile.Requests);
        Assert.Equal(
            profile.Requests.Count, profile.Requests.Select(request => request.Provider).Distinct(StringComparer.Ordinal).Count());
        Assert.EndsWith(".", profile.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownName_ListsTheKnownOnes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TraceProfile.ByName("al"));

        Assert.Contains("full, heap, layout, pools, run", error.Message, StringComparison.Ordinal);
    }
}
