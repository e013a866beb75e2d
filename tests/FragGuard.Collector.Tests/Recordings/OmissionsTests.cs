using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sites;
using FragGuard.Collector.Streams;
using FragGuard.Collector.Tests.Events;

namespace FragGuard.Collector.Tests.Recordings;

public sealed class OmissionsTests
{
    private const int Modules = 1;
    private const int Methods = 2;
    private const int Rents = 3;

    [Theory]
    [InlineData(10, 0)]
    [InlineData(500, 1)]
    public void CallersThatAreLeftOut_AreSaid(int frames, int said)
    {
        RecordedRun run = Read(frames);

        Assert.InRange(run.RentCallers.Count, 1, 32);
        Assert.Equal(said, run.Omissions.Count(line => line.Contains("callers of rents", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    public void OwnersThatAreLeftOut_AreSaid(int owners, int said)
    {
        MemoryPoolLog memoryPools = new();
        for (int i = 0; i < owners; i++)
            memoryPools.Read(1, $"owner {i}", MemoryPoolFigure.Pooled, 4096);

        IReadOnlyList<string> lines = Said(new PinLog(), memoryPools);

        Assert.Equal(said, lines.Count(line => line.StartsWith("1 figures of memory pools", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1 << 16, 0)]
    [InlineData((1 << 16) + 1, 1)]
    public void PinsThatAreLeftOut_AreSaid(int pinned, int said)
    {
        PinLog pins = new();
        for (int i = 0; i < pinned; i++)
            pins.Pinned(0x1000_0000 + ((ulong)i * 32), 24, "System.Byte[]");

        Assert.Equal(
            said,
            Said(pins, new MemoryPoolLog()).Count(line => line.StartsWith("1 pinned objects are in no figure", StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Said(PinLog pins, MemoryPoolLog memoryPools) => Omissions.Of(
        new ReadingState(), new StackTable(), new MethodMap(), pins, new PoolLog(), memoryPools, new CacheLog(), new StreamLog());

    // Methods of this assembly: behind those of the compiler, most have lines.
    private static RecordedRun Read(int frames)
    {
        byte[] stack = [.. Enumerable.Range(1, frames).SelectMany(row => BitConverter.GetBytes(StartOf(row) + 1))];
        HandmadeEvent[] events =
        [
            new(Modules, 7, 1, 1) { Payload = RuntimePayloads.OfModule(typeof(OmissionsTests).Assembly.Location) },
            .. Enumerable.Range(1, frames).Select(row =>
                new HandmadeEvent(Methods, 7, 1 + row, 2) { Payload = RuntimePayloads.OfMethod(StartOf(row), 0x100 + row, "App.Shop", $"M{row}") }),
            new(Rents, 7, 2 + frames, 3) { Payload = RuntimePayloads.OfRent(1, 64, 7), Stack = 1 },
        ];
        MemoryStream stream = new RecordingBytes()
            .Kind(Modules, RuntimeEvents.ModuleLoad, RuntimeEvents.Provider)
            .Kind(Methods, RuntimeEvents.MethodLoadVerbose, RuntimeEvents.Provider)
            .Kind(Rents, 1, ArrayPoolFeed.Provider)
            .Stacks(1, stack)
            .PlainEvents(events)
            .End();
        return RecordingReader.Read(stream, "handmade", ReadingOptions.Default, TestContext.Current.CancellationToken);
    }

    private static ulong StartOf(int row) => (ulong)row * 2 * RuntimePayloads.CodeBytes;
}
