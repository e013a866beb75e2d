using System;
using System.IO;
using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sites;
using FragGuard.Collector.Tests.Events;

namespace FragGuard.Collector.Tests.Feeds;

public sealed class MethodFeedTests
{
    private const int Kind = 1;
    private const ulong Start = 0x1000;

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(1_000_000)]
    public void NamesThatNoSourceHas_AreCut(int length)
    {
        MethodCode code = Read(new string('T', length), new string('m', length));

        Assert.Equal((new string('T', 1_000), new string('m', 1_000)), (code.Type, code.Name));
    }

    [Theory]
    [InlineData("<", "x", ">b__1")]
    [InlineData("<", "a", ">g__x")]
    [InlineData("<", "a", ">g__x|1")]
    [InlineData("<", "a", ">d")]
    [InlineData("", "a", "<")]
    public void NameMadeToTakeLong_IsReadLikeAnyOther(string before, string inside, string behind)
    {
        MethodCode code = Read("App.Shop", Repeated(before) + inside + Repeated(behind));

        Assert.StartsWith("App.Shop.", ReadableName.Of(code.Type, code.Name), StringComparison.Ordinal);

        static string Repeated(string part) => string.Concat(Enumerable.Repeat(part, 300_000));
    }

    private static MethodCode Read(string type, string method)
    {
        MethodMap methods = new();
        EventRouter router = new();
        _ = new MethodFeed(router, methods);
        MemoryStream stream = new RecordingBytes()
            .Kind(Kind, RuntimeEvents.MethodLoadVerbose, RuntimeEvents.Provider)
            .PlainEvents(new HandmadeEvent(Kind, 7, 1, 10) { Payload = RuntimePayloads.OfMethod(Start, 1, type, method) })
            .End();
        ReadingState state = new();
        NettraceReader.Read(stream, router, state, TestContext.Current.CancellationToken);

        Assert.Null(state.Damage);
        return methods.Find(Start)!;
    }
}
