using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads;

public sealed class WorkloadReaderTests
{
    /// <summary>The id of the name "a": its one character, and its length in the top bits.</summary>
    private const long A = (1L << 61) | (1L << 56) | 'a';

    /// <summary>The id of the key "key".</summary>
    private const long Key = ~((1L << 61) | (3L << 56) | ('k' << 14) | ('e' << 7) | 'y');

    [Fact]
    public void EachOperation_IsRead() =>
        Assert.Equal(
            [
                new AllocationEvent(AllocationEventKind.Allocate, A, 100),
                new AllocationEvent(AllocationEventKind.Allocate, 17, 5, AlignmentBytes: 64, Traits: BlockTraits.Zeroed | BlockTraits.Pinned, Site: 0),
                new AllocationEvent(
                    AllocationEventKind.Allocate, 18, 4_096, Traits: BlockTraits.Movable | BlockTraits.Reclaimable),
                new AllocationEvent(AllocationEventKind.Reallocate, A, 200),
                new AllocationEvent(AllocationEventKind.Pin, A),
                new AllocationEvent(AllocationEventKind.Unpin, A),
                new AllocationEvent(AllocationEventKind.Free, A),
                new AllocationEvent(AllocationEventKind.Trim, 0),
                new AllocationEvent(AllocationEventKind.Collect, 2),
                new AllocationEvent(AllocationEventKind.Thread, 3),
                new AllocationEvent(AllocationEventKind.Thread, 3, 1),
                new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: 1_500),
                new AllocationEvent(AllocationEventKind.Set, Key, 8, KeyBytes: 3, Milliseconds: 20),
                new AllocationEvent(AllocationEventKind.SafeSet, Key, 8, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.Add, Key, 8, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.SafeAdd, Key, 8, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.Replace, Key, 8, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.Increment, Key, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.Increment, Key, 8, KeyBytes: 3, Milliseconds: 20),
                new AllocationEvent(AllocationEventKind.Get, Key, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.Touch, Key, KeyBytes: 3, Milliseconds: 30),
                new AllocationEvent(AllocationEventKind.PushLeft, Key, 5, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.PushRight, Key, 6, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.PopLeft, Key, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.PopRight, Key, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.ListLength, Key, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.Delete, Key, KeyBytes: 3),
                new AllocationEvent(AllocationEventKind.FlushAll, 0),
                new AllocationEvent(AllocationEventKind.FlushExpired, 0),
                new AllocationEvent(AllocationEventKind.FlushExpired, 0, 7),
            ],
            Read(
                "alloc a 100", "alloc 17 5 align=64 zeroed pinned site=Main", "alloc 18 4096 movable reclaimable",
                "realloc a 200", "pin a", "unpin a", "free a", "trim", "gc 2", "thread 3", "thread 3 1",
                "time 1500", "set key 8 ttl=20", "safe_set key 8", "add key 8", "safe_add key 8", "replace key 8",
                "incr key", "incr key init ttl=20", "get key", "touch key ttl=30", "lpush key 5", "rpush key 6", "lpop key",
                "rpop key", "llen key", "delete key", "flush_all", "flush_expired", "flush_expired 7").Events);

    [Fact]
    public void BlankLinesAndComments_AreSkipped() =>
        Assert.Equal(
            [AllocationEventKind.Get, AllocationEventKind.Trim],
            Read("", "  ", "# get a", "\tget  a#b # get c", "trim").Events.Select(read => read.Kind));

    [Fact]
    public void Names_AreKept()
    {
        AllocationTrace trace = Read("set größe 8", "alloc x 1 site=Load", "alloc y 1 site=Parse", "free x");
        AllocationEvent[] events = trace.Events.ToArray();

        Assert.Equal("größe x y x", string.Join(' ', events.Select(read => trace.NameOf(read.Id))));
        Assert.Equal(7, events[0].KeyBytes);
        Assert.Equal("98", trace.NameOf(-99));
        Assert.Equal([new AllocationSite("Load"), new AllocationSite("Parse")], trace.Sites);
        Assert.Equal("99", trace.NameOf(99));
    }

    [Fact]
    public void BlockAndEntryOfOneName_AreTwoThings()
    {
        AllocationTrace trace = Read("alloc a 8", "set a 8", "alloc b 8");
        AllocationEvent[] events = trace.Events.ToArray();

        Assert.Equal([A, ~A], events.Select(read => read.Id).Take(2));
        Assert.Equal("a a b", string.Join(' ', events.Select(read => trace.NameOf(read.Id))));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("999999999999999999", 999_999_999_999_999_999)]
    public void Number_IsItsOwnId(string name, long id) => Assert.Equal(id, Read($"alloc {name} 8").Events.Single().Id);

    [Theory]
    [InlineData("07")]
    [InlineData("1000000000000000000")]
    [InlineData("-7")]
    [InlineData("user:000001")]
    [InlineData("ü")]
    [InlineData("abcdefgh")]
    public void OtherName_HasAnIdBeyondEveryNumber(string name)
    {
        AllocationTrace trace = Read($"alloc {name} 8", "trim");
        AllocationEvent[] events = trace.Events.ToArray();

        Assert.True(events[0].Id > 999_999_999_999_999_999);
        Assert.Equal(name, trace.NameOf(events[0].Id));
    }

    [Fact]
    public void Names_HaveIdsOfTheirOwn()
    {
        const int Each = 300_000;
        AllocationTrace trace = Read(
            $"alloc n{{1..{Each}}} 8", $"alloc item-number-{{1..{Each}}} 8", $"alloc {{1..{Each}}}-of-the-items 8",
            $"alloc ünf{{1..{Each}}} 8", $"alloc {{1..{Each}}} 8", $"alloc page/{{1..{Each}}}/index.html 8");

        Assert.Equal(6 * Each, trace.Events.Select(read => read.Id).Distinct().Count());
    }

    [Fact]
    public void LongName_IsLookedForInTheText()
    {
        AllocationTrace trace = Read("alloc block-number-{1..50} 8", "free block-number-{1..50..7}", "trim");
        long[] ids = [.. trace.Events.Where(read => read.Kind == AllocationEventKind.Free).Select(read => read.Id)];

        Assert.Equal("block-number-1 block-number-8", string.Join(' ', ids.Take(2).Select(trace.NameOf)));
        Assert.Equal($"id {ids[0] ^ 1}", trace.NameOf(ids[0] ^ 1));
    }

    [Fact]
    public void LongNameOfATextReadOnce_IsKnownWhileItsEventIsTheLast()
    {
        AllocationTrace trace = WorkloadReader.Read(
            [new ArraySegment<byte>("alloc block-number-1 8\ntrim"u8.ToArray())], isReadOnce: true);
        string[] names = [.. trace.Events.Select(read => trace.NameOf(read.Id))];

        Assert.Equal(["block-number-1", "0"], names);
        Assert.StartsWith("id ", trace.NameOf(long.MaxValue), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void ChunksOfAnyLength_HoldTheSameLines(int chunkBytes)
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. "alloc a 8 # größe\r\n\nset größe 9\nfree a"u8];
        IEnumerable<ArraySegment<byte>> Chunks()
        {
            byte[] chunk = new byte[chunkBytes];
            for (int at = 0; at < text.Length; at += chunkBytes)
            {
                int length = Math.Min(chunkBytes, text.Length - at);
                Array.Copy(text, at, chunk, 0, length);
                yield return new ArraySegment<byte>(chunk, 0, length);
            }
        }

        AllocationTrace trace = WorkloadReader.Read(Chunks());

        Assert.Equal(Read("alloc a 8", "set größe 9", "free a").Events, trace.Events);
        Assert.Equal("line 1, line 3, line 4", string.Join(", ", trace.Events.Select(_ => trace.Whereabouts)));
    }

    [Fact]
    public void LongestLine_IsReadAndALongerOneNamed()
    {
        string longest = "trim #".PadRight(1 << 17, '-');

        Assert.Single(Read(longest).Events);
        Assert.Equal(
            "line 2: longer than 131072 bytes",
            Assert.Throws<WorkloadFormatException>(() => Read("trim", longest + "-").Events.Count()).Message);
    }

    [Fact]
    public void Whereabouts_AreTheLineOfTheLastEvent()
    {
        AllocationTrace trace = Read("# one", "trim", "", "get {1..2}");

        Assert.Equal("line 2, line 4, line 4", string.Join(", ", trace.Events.Select(_ => trace.Whereabouts)));
    }

    [Fact]
    public void EnumeratingTwice_GivesTheSameEvents()
    {
        AllocationTrace trace = Read("alloc {1..3} 8 site=A", "set k 8", "free {1..3}");

        Assert.Equal(trace.Events.ToArray(), trace.Events.ToArray());
        Assert.Single(trace.Sites);
    }

    [Fact]
    public void Lines_AreReadOnlyWhenNeeded() =>
        Assert.Equal(2, Read("get {1..100}", "nonsense").Events.Take(2).Count());

    [Theory]
    [InlineData("get {1..3}", "1 2 3")]
    [InlineData("get {7..7}", "7")]
    [InlineData("get {1..6..2}", "1 3 5")]
    [InlineData("get user-{9..11}.jpg", "user-9.jpg user-10.jpg user-11.jpg")]
    [InlineData("get }", "}")]
    public void Range_StandsForItsNames(string line, string names)
    {
        AllocationTrace trace = Read(line);

        Assert.Equal(names, string.Join(' ', trace.Events.Select(read => trace.NameOf(read.Id))));
    }

    [Theory]
    [InlineData("put a 8", "set a 8", "there is no operation 'put'")]
    [InlineData("alloc2 a 8", "alloc a 8", "there is no operation 'alloc2'")]
    [InlineData(
        "x123456789x123456789x123456789x123456789x123456789x123456789x123456789", "trim",
        "there is no operation 'x123456789x123456789x123456789x123456789x123456789x123456789…'")]
    [InlineData("set \uFFFD 8", "set a 8 # \uFFFD", "it holds bytes that are not UTF-8 text")]
    [InlineData("alloc a 8\0", "alloc a 8", "the size '8\0' is not a number")]
    [InlineData("alloc a -", "alloc a 8", "the size '-' is not a number")]
    [InlineData("alloc a 8 align=", "alloc a 8 align=8", "the alignment '' is not a number")]
    [InlineData("alloc a 8 zeroe", "alloc a 8 zeroed", "alloc has no option 'zeroe' of that form; it takes align=<n>, zeroed, pinned, movable, reclaimable and site=<name>")]
    [InlineData("SET a 8", "set a 8", "there is no operation 'SET'")]
    [InlineData("set", "set a 8", "set lacks its key")]
    [InlineData("set a", "set a 8", "set lacks its value size")]
    [InlineData("alloc", "alloc a 8", "alloc lacks its id")]
    [InlineData("alloc a", "alloc a 8", "alloc lacks its size")]
    [InlineData("realloc a", "realloc a 8", "realloc lacks its size")]
    [InlineData("thread", "thread 1", "thread lacks its number")]
    [InlineData("time", "time 1", "time lacks its clock")]
    [InlineData("set a eight", "set a 8", "the value size 'eight' is not a number")]
    [InlineData("set a 8k", "set a 8192", "the value size '8k' is not a number")]
    [InlineData("alloc a -8", "alloc a 8", "the size -8 is negative")]
    [InlineData("alloc a 1099511627777", "alloc a 1099511627776", "the size 1099511627777 is above 1099511627776")]
    [InlineData("time 99999999999999999999999", "time 9", "the clock 99999999999999999999999 is above 1099511627776")]
    [InlineData("alloc a 8 align=48", "alloc a 8 align=64", "the alignment 48 is not a power of two up to 1073741824")]
    [InlineData("alloc a 8 align=0", "alloc a 8 align=1", "the alignment 0 is not a power of two up to 1073741824")]
    [InlineData("alloc a 8 align=x", "alloc a 8 align=8", "the alignment 'x' is not a number")]
    [InlineData("alloc a 8 ttl=5", "set a 8 ttl=5", "alloc has no option 'ttl' of that form; it takes align=<n>, zeroed, pinned, movable, reclaimable and site=<name>")]
    [InlineData("alloc a 8 zeroed=1", "alloc a 8 zeroed", "alloc has no option 'zeroed' of that form; it takes align=<n>, zeroed, pinned, movable, reclaimable and site=<name>")]
    [InlineData("alloc a 8 site=", "alloc a 8 site=x", "the site has no name")]
    [InlineData("set a 8 site=x", "set a 8", "set has no option 'site' of that form; it takes ttl=<ms>")]
    [InlineData("set a 8 ttl=-1", "set a 8 ttl=0", "the time to live -1 is negative")]
    [InlineData("get a 8", "get a", "get takes no further field '8'")]
    [InlineData("flush_all 8", "flush_expired 8", "flush_all takes no further field '8'")]
    [InlineData("get {1..2", "get {1..2}", "the range in '{1..2' has no closing brace")]
    [InlineData("get {1-2}", "get {1..2}", "the range in '{1-2}' is not {first..last} or {first..last..step}")]
    [InlineData("get {1..2..3..4}", "get {1..2..3}", "the range in '{1..2..3..4}' is not {first..last} or {first..last..step}")]
    [InlineData("get {1..2}{1..2}", "get {1..2}-1", "'{1..2}{1..2}' has more than one range")]
    [InlineData("get {2..1}", "get {1..2}", "the range in '{2..1}' ends before it starts")]
    [InlineData("get {1..2..0}", "get {1..2..1}", "the range in '{1..2..0}' has a step of 0")]
    [InlineData("get {0..100000000}", "get {0..100000000..50000000}", "the range in '{0..100000000}' has more than 100000000 names")]
    public void BadLine_IsNamedWithItsReason(string bad, string twin, string reason)
    {
        WorkloadFormatException exception =
            Assert.Throws<WorkloadFormatException>(() => Read("# comment", bad).Events.Count());

        Assert.Equal($"line 2: {reason}", exception.Message);
        Assert.Equal(2, exception.Line);
        Assert.NotEmpty(Read("# comment", twin).Events);
    }

    [Fact]
    public void ClockThatGoesBack_IsNamed()
    {
        WorkloadFormatException exception =
            Assert.Throws<WorkloadFormatException>(() => Read("time 5", "time 4").Events.Count());

        Assert.Equal("line 2: the clock goes back from 5 to 4", exception.Message);
        Assert.Equal(2, Read("time 5", "time 5").Events.Count());
    }

    [Fact]
    public void NameBeyondTheLongestKey_IsNamed()
    {
        string longest = new('k', 65_535);

        Assert.Equal(65_535, Read($"get {longest}").Events.Single().KeyBytes);
        Assert.Equal(
            "line 1: a name has at most 65535 bytes, not 65536",
            Assert.Throws<WorkloadFormatException>(() => Read($"get {longest}k").Events.Count()).Message);
    }

    private static AllocationTrace Read(params string[] lines) => WorkloadReader.Read(lines);
}
