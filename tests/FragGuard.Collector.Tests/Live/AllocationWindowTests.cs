using System;
using System.Buffers.Binary;
using System.Text;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;

namespace FragGuard.Collector.Tests.Live;

public sealed class AllocationWindowTests
{
    private readonly EventRouter _router = new();
    private readonly AllocationWindow _window;

    public AllocationWindowTests() => _window = new AllocationWindow(_router);

    [Fact]
    public void SmallObjects_StandForTheMeanDistanceOfDraws_AndErrByTheRootOfTheirNumber()
    {
        for (int i = 0; i < 400; i++)
            Sample(100 * i, "Small", 24);
        LiveAllocation seen = _window.Look(40_000);

        AllocatedType type = Assert.Single(seen.Types);
        Assert.Equal(400 * AllocationSample.MeanBytes / 40, type.BytesPerSecond, 0.001 * type.BytesPerSecond);
        Assert.Equal(1.96 / 20, type.ErrorRatio!.Value, 0.001);
        Assert.Equal(type.ErrorRatio, seen.ErrorRatio);
        Assert.Equal(1, type.Share);
        Assert.Equal(400, type.Samples);
    }

    [Fact]
    public void LargeObjects_StandForThemselves_WithoutError()
    {
        Sample(1_000, "Large", 10_000_000);
        LiveAllocation seen = _window.Look(10_000);

        Assert.Equal(1_000_000, seen.BytesPerSecond, 1);
        Assert.Equal(0, seen.ErrorRatio!.Value, 1e-9);
    }

    /// <summary>Draws by the runtime's rule from a known population: the true bytes lie within the error bar as often as it says.</summary>
    [Fact]
    public void TrueBytes_LieWithinTheErrorBar()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        int hits = 0;
        const int Rounds = 300;
        for (int round = 0; round < Rounds; round++)
        {
            EventRouter router = new();
            AllocationWindow window = new(router);
            double truth = 0;
            for (int i = 0; i < 4_000; i++)
            {
                int bytes = random.Next(24, i % 10 == 0 ? 200_000 : 20_000);
                truth += bytes;
                if (random.NextDouble() < 1 - Math.Pow(1 - (1 / AllocationSample.MeanBytes), bytes))
                    Sample(router, 1_000, "Some", bytes);
            }

            LiveAllocation seen = window.Look(10_000);
            if (Math.Abs((seen.BytesPerSecond * 10) - truth) <= seen.ErrorRatio * seen.BytesPerSecond * 10)
                hits++;
        }

        Assert.True(hits is > Rounds * 88 / 100 and <= Rounds, $"{hits} of {Rounds}, seed {seed}");
    }

    [Fact]
    public void TypesBeyondTheLimit_CountAsOne_AndOldOnesMakeRoom()
    {
        for (int i = 0; i < AllocationWindow.MaxTypes + 50; i++)
            Sample(1_000, $"Type{i}", 24);
        LiveAllocation full = _window.Look(2_000);
        Sample(200_000, "New", 24);
        LiveAllocation later = _window.Look(200_000);

        Assert.Equal("(all other types)", full.Types[0].Type);
        Assert.Equal(50, full.Types[0].Samples);
        Assert.Equal(AllocationWindow.MaxTypes + 1 - AllocationWindow.TopTypes, full.OtherTypes);
        Assert.Equal("New", Assert.Single(later.Types).Type);
    }

    [Fact]
    public void LongNames_AreCut()
    {
        Sample(1_000, new string('x', 20_000), 24);

        Assert.Equal(400, Assert.Single(_window.Look(2_000).Types).Type.Length);
    }

    [Fact]
    public void NoSamples_AreUnknown_NotZero()
    {
        LiveAllocation seen = _window.Look(1_000);

        Assert.Equal(AllocationMethod.Unknown, seen.Method);
        Assert.Null(seen.ErrorRatio);
        Assert.Empty(seen.Types);
    }

    private void Sample(double timeMs, string type, long bytes) => Sample(_router, timeMs, type, bytes);

    private static void Sample(EventRouter router, double timeMs, string type, long bytes)
    {
        byte[] name = Encoding.Unicode.GetBytes(type + "\0");
        byte[] payload = new byte[14 + name.Length + 24];
        name.CopyTo(payload, 14);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(14 + name.Length + 8), bytes);
        router.Find(RuntimeEvents.Provider, RuntimeEvents.AllocationSampled)!(new RecordedEvent
        {
            Provider = RuntimeEvents.Provider,
            Id = RuntimeEvents.AllocationSampled,
            Version = 0,
            TimeMs = timeMs,
            Thread = 1,
            Payload = payload,
            Stack = [],
            PointerBytes = 8,
        });
    }
}
