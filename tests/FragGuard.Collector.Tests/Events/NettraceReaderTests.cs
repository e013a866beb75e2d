using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Tests.Events;

/// <summary>Recordings written by hand.</summary>
public sealed class NettraceReaderTests(ITestOutputHelper output)
{
    private static readonly byte[] Bytes = [1, 2, 3, 4, 5];

    [Fact]
    public void PlainHeaders_SayTheSameAsCompressedOnes()
    {
        HandmadeEvent[] events =
        [
            new(7, 100, 1, 10) { IsSorted = true, Payload = Bytes, Stack = 1 },
            new(7, 100, 2, 20) { Payload = Bytes[..3] },
            new(9, 100, 3, 20) { Stack = 2 },
        ];
        byte[] first = BitConverter.GetBytes(0x1234L);
        (List<SeenEvent> plain, _) = Read(New().Stacks(1, first, Bytes[..0]).PlainEvents(events).End());
        (List<SeenEvent> compressed, _) = Read(New().Stacks(1, first, Bytes[..0]).Events(events).End());

        Assert.Equal(compressed, plain);
        Assert.Equal([(10_000L, 70, 3), (20_000, 70, 3), (20_000, 90, 3)], plain.Select(one => (one.TimeNs, one.Id, one.Version)));
        Assert.Equal([SeenEvent.HashOf(first), 0, 0], plain.Select(one => one.Stack));
        Assert.Equal([SeenEvent.HashOf(Bytes), SeenEvent.HashOf(Bytes.AsSpan(0, 3)), 0], plain.Select(one => one.Payload));
    }

    [Fact]
    public void EventsOfThreads_ComeInTheOrderOfTime_EqualOnesInThatOfTheFile()
    {
        MemoryStream stream = New()
            .Events(new(7, 1, 1, 10) { IsSorted = true }, new(7, 1, 2, 15), new(7, 1, 3, 20))
            .Events(new(7, 2, 1, 12) { IsSorted = true }, new(7, 2, 2, 15), new(7, 2, 3, 25), new(9, 3, 1, 13) { IsSorted = true })
            .End();

        (List<SeenEvent> events, _) = Read(stream);

        Assert.Equal(
            [(10, 1), (12, 2), (13, 3), (15, 1), (15, 2), (20, 1), (25, 2)],
            events.Select(one => ((int)(one.TimeNs / 1000), (int)one.Thread)));
    }

    [Fact]
    public void SortedEvent_LetsGoOfWhatIsOlder_BeforeTheStreamGoesOn()
    {
        byte[] bytes = New()
            .Events(new(7, 1, 1, 10) { IsSorted = true }, new(7, 1, 2, 15), new(7, 1, 3, 30))
            .Events(new HandmadeEvent(7, 2, 1, 20) { IsSorted = true })
            .Cut().ToArray();
        List<double> seenAtTheEnd = [];
        List<double> seen = [];
        EventRouter router = new();
        router.On(RecordingBytes.Provider, 70, (in RecordedEvent recorded) => seen.Add(recorded.TimeMs));
        using WatchedEnd stream = new(bytes, () => seenAtTheEnd = [.. seen]);

        NettraceReader.Read(stream, router, new ReadingState(), TestContext.Current.CancellationToken);

        Assert.Equal([0.010, 0.015], seenAtTheEnd);
        Assert.Equal([0.010, 0.015, 0.020, 0.030], seen);
    }

    [Fact]
    public void EventsThatWaitAcrossBlocks_ComeInTheOrderOfTime()
    {
        const int Step = 100;
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        RecordingBytes bytes = New();
        List<(int Ticks, int Thread, byte Number)> expected = [];
        int[] numbers = new int[6];
        for (int block = 0; block < 300; block++)
        {
            HandmadeEvent[] events = new HandmadeEvent[random.Next(1, 40)];
            int thread = 0;
            for (int i = 0; i < events.Length; i++)
            {
                thread = i == 0 || random.Next(3) == 0 ? random.Next(1, numbers.Length) : thread;
                int ticks = (Step * block) + (i == 0 ? 0 : random.Next(3 * Step));
                byte number = (byte)random.Next(256);
                events[i] = new HandmadeEvent(random.Next(2) == 0 ? 7 : 9, thread, ++numbers[thread], ticks)
                {
                    IsSorted = i == 0,
                    Payload = [number],
                };
                expected.Add((ticks, thread, number));
            }

            bytes.Events(events);
        }

        List<(int, int, byte)> seen = [];
        EventRouter router = new();
        RecordedEventHandler see = (in RecordedEvent recorded) =>
            seen.Add(((int)Math.Round(recorded.TimeMs * 1000), (int)recorded.Thread, recorded.Payload[0]));
        router.On(RecordingBytes.Provider, 70, see);
        router.On(RecordingBytes.Provider, 90, see);
        NettraceReader.Read(bytes.End(), router, new ReadingState(), TestContext.Current.CancellationToken);

        Assert.Equal(expected.OrderBy(static one => one.Ticks), seen);
    }

    [Fact]
    public void BlocksWhoseEventsAreHandedOut_AreUsedAgain_ThoughOthersWait()
    {
        const int Blocks = 1_000;
        RecordingBytes bytes = New();
        for (int block = 0; block < Blocks; block++)
            bytes.Events(new HandmadeEvent(7, 1, block + 1, 10 * block) { IsSorted = true }, new HandmadeEvent(9, 2, block + 1, (10 * block) + 15));
        MemoryStream stream = bytes.End();
        EventRouter router = new();
        long events = 0;
        router.On(RecordingBytes.Provider, 70, (in RecordedEvent _) => events++);
        router.On(RecordingBytes.Provider, 90, (in RecordedEvent _) => events++);
        long before = GC.GetAllocatedBytesForCurrentThread();
        NettraceReader.Read(stream, router, new ReadingState(), TestContext.Current.CancellationToken);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(2 * Blocks, events);
        Assert.InRange(allocated, 0, 4 << 20);
    }

    [Fact]
    public void StackOfAnEventThatWaits_IsThatOfItsOwnRegion()
    {
        byte[] before = BitConverter.GetBytes(0x1000L);
        byte[] after = BitConverter.GetBytes(0x2000L);
        MemoryStream stream = New()
            .Stacks(1, before)
            .Events(new HandmadeEvent(7, 1, 1, 10) { IsSorted = true, Stack = 1 })
            .SequencePoint((1, 1))
            .Stacks(1, after)
            .Events(new HandmadeEvent(7, 1, 2, 20) { IsSorted = true, Stack = 1 }, new HandmadeEvent(7, 1, 3, 30) { Stack = 2 })
            .End();

        (List<SeenEvent> events, ReadingState state) = Read(stream);

        Assert.Equal([SeenEvent.HashOf(before), SeenEvent.HashOf(after), 0], events.Select(one => one.Stack));
        Assert.Equal(1, state.StacksMissing);
    }

    [Fact]
    public void StacksOfA32BitProcess_AreWidened()
    {
        MemoryStream stream = new RecordingBytes(pointerBytes: 4).Kind(7, 70).Kind(9, 90)
            .Stacks(1, [.. BitConverter.GetBytes(0xF000_0001), .. BitConverter.GetBytes(0x10)])
            .Events(new HandmadeEvent(7, 1, 1, 10) { IsSorted = true, Stack = 1 })
            .End();

        (List<SeenEvent> events, _) = Read(stream);

        byte[] wide = [.. BitConverter.GetBytes(0xF000_0001UL), .. BitConverter.GetBytes(0x10UL)];
        Assert.Equal(SeenEvent.HashOf(wide), Assert.Single(events).Stack);
    }

    [Fact]
    public void StateOfTheRecording_IsWhatItsFirstBlockSays()
    {
        (_, ReadingState state) = Read(New().Events(new HandmadeEvent(7, 1, 1, 2500) { IsSorted = true }).End());

        Assert.Equal((4321, 12, 1L, 2.5), (state.ProcessId, state.Processors, state.Events, state.LastMs));
        Assert.Equal(new DateTime(2026, 3, 30, 11, 22, 33, 444, DateTimeKind.Utc), state.StartedUtc);
        Assert.Null(state.Damage);
    }

    [Theory]
    [InlineData(4, 24)]
    [InlineData(5, 60)]
    [InlineData(6, 60)]
    [InlineData(7, 1_000)]
    [InlineData(4, ushort.MaxValue)]
    public void StartThatIsNoTime_IsUnknown_AndTheRestIsRead(int part, ushort value)
    {
        ushort[] start = [9998, 12, 1, 31, 23, 59, 59, 999];
        Assert.Equal(new DateTime(9998, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc), StartOf(start));

        start[part] = value;

        Assert.Equal(default, StartOf(start));
    }

    [Fact]
    public void BlockOfAnUnknownName_IsPassedOver()
    {
        MemoryStream stream = New()
            .Block("FutureBlock", writer => writer.Write(Bytes))
            .Events(new HandmadeEvent(7, 1, 1, 10) { IsSorted = true })
            .End();

        (List<SeenEvent> events, ReadingState state) = Read(stream);

        Assert.Single(events);
        Assert.Null(state.Damage);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void KnownVersion_IsRead(int version) =>
        Assert.Null(Read(new RecordingBytes(version: version).End()).State.Damage);

    [Fact]
    public void LaterVersion_IsOneClearError()
    {
        RecordingFormatException error =
            Assert.Throws<RecordingFormatException>(() => Read(new RecordingBytes(version: 6).End()));

        Assert.Contains("version 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_IsSaidWithItsPlace_AfterWhatIsGood()
    {
        RecordingBytes recording = New().Events(new HandmadeEvent(7, 1, 1, 10) { IsSorted = true });
        long place = recording.Position;
        MemoryStream stream = recording.Events(new HandmadeEvent(8, 1, 2, 20) { IsSorted = true }).End();

        (List<SeenEvent> events, ReadingState state) = Read(stream);

        Assert.Single(events);
        Assert.Equal($"is damaged in the block at byte {place}: an event is of no known kind", state.Damage);
    }

    [Fact]
    public void MissingEndMark_IsSaidWithItsPlace()
    {
        MemoryStream stream = New().Events(new HandmadeEvent(7, 1, 1, 10)).Cut();

        (List<SeenEvent> events, ReadingState state) = Read(stream);

        Assert.Single(events);
        Assert.Equal($"ends at byte {stream.Length} without its end mark", state.Damage);
    }

    [Fact]
    public void BytesBehindTheEndMark_AreSaid()
    {
        byte[] whole = New().Events(new HandmadeEvent(7, 1, 1, 10)).End().ToArray();

        (List<SeenEvent> events, ReadingState state) = Read(new MemoryStream([.. whole, 5, 5]));

        Assert.Single(events);
        Assert.Equal($"goes on for 2 bytes behind its end mark at byte {whole.Length}", state.Damage);
        Assert.Null(Read(new MemoryStream(whole)).State.Damage);
    }

    private static DateTime StartOf(ushort[] start)
    {
        MemoryStream stream = new RecordingBytes(start: start).Kind(7, 70).Events(new HandmadeEvent(7, 1, 1, 10)).End();
        (List<SeenEvent> events, ReadingState state) = Read(stream);

        Assert.Single(events);
        Assert.Null(state.Damage);
        return state.StartedUtc;
    }

    private static RecordingBytes New() => new RecordingBytes().Kind(7, 70).Kind(9, 90);

    private static (List<SeenEvent> Events, ReadingState State) Read(Stream stream) =>
        Readings.Read(stream, [(RecordingBytes.Provider, 70), (RecordingBytes.Provider, 90)]);
}
