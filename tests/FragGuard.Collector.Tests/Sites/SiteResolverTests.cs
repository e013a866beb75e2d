using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Tests.Sites;

public class SiteResolverTests
{
    private readonly TargetRuntime _runtime;

    public SiteResolverTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected SiteResolverTests(TargetRuntime runtime) => _runtime = runtime;

    [Fact]
    public async Task LargeObjects_BelongToTheLineThatMadeThem()
    {
        WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("sites"), TraceProfile.Run);
        AllocationSite[] sites = [.. watched.Run.LargeObjects.Trace.Sites.Where(site => site.File is not null)];

        AssertSite("async", "Sites.AllocateAsync", "System.Byte[]");
        AssertSite("lambda", "Sites.AllocateAsync lambda", "System.Byte[]");
        AssertSite("local", "Sites.AllocateAsync.Local", "System.Char[]");
        AssertSite("generic", "Sites.Holder.constructor", "System.Int32[]");
        AssertSite("library", "Sites.AllocateAsync", "System.Int32[]");

        void AssertSite(string truth, string name, string type)
        {
            AllocationSite? site = sites.FirstOrDefault(one => one.Line == watched.Truth.One(truth)[0]);
            Assert.True(site is not null, $"{truth}: none of {string.Join("; ", sites.AsEnumerable())}");
            Assert.EndsWith(name, site.Name, StringComparison.Ordinal);
            Assert.EndsWith("Sites.cs", site.File, StringComparison.Ordinal);
            Assert.Equal(type, site.Type);
        }
    }

    [Fact]
    public async Task EveryKindOfMethod_HasItsLineAndANameThatReads()
    {
        WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("namedsites"), TraceProfile.Run);
        AllocationSite[] sites = [.. watched.Run.LargeObjects.Trace.Sites];
        (string Truth, string Name)[] expected =
        [
            ("iterator", "NamedSites.Items"),
            ("asynciterator", "NamedSites.ItemsAsync"),
            ("record", "NamedSites.Order.constructor"),
            ("property", "NamedSites.Order.Size.set"),
            ("genericmethod", "NamedSites.Pair.Make"),
            ("localinlambda", "NamedSites.Nested.Inner"),
            ("asynclambda", "NamedSites.AllocateAsync lambda"),
            ("getter", "NamedSites.Basket.Total.get"),
            ("operator", "NamedSites.Basket.operator +"),
            ("explicit", "NamedSites.Basket.IEnumerable.GetEnumerator"),
            ("struct", "NamedSites.Value.Make"),
        ];

        Assert.All(expected, one => Assert.Contains(
            sites,
            site => site.Line == watched.Truth.All(one.Truth)[0][0]
                && site.Name.EndsWith("Target." + one.Name, StringComparison.Ordinal)));
    }
}
