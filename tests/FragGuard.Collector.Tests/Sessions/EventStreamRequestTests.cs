using System;
using System.Buffers.Binary;
using System.Diagnostics.Tracing;
using System.Text;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class EventStreamRequestTests
{
    private const int Version2 = 0x0203;
    private const int Version3 = 0x0204;
    private const int Version5 = 0x0206;
    private const int Version6 = 0x0207;

    private static readonly TraceProfile Profile = new(
        "one", "One provider.", [new("P", 0x10, EventLevel.Informational) { Denied = [7, 300] }], HasRundown: false)
    {
        OlderRequests = [new("O", 0x20, EventLevel.Verbose)],
    };

    [Fact]
    public async Task Net10_GetsDenyLists_AndNoStacks()
    {
        using FakeRuntime runtime = new(Version2, Version3, Version5);
        EventStream stream = await StartAsync(runtime);

        Assert.Equal([Version5], runtime.Commands);
        Assert.Equal(FakeRuntime.SessionId, stream.SessionId);
        Assert.False(stream.IsLossless);
        byte[] expected =
        [
            .. Number(0), .. Number(64), .. Number(1), .. new byte[8], 0, .. Number(1),
            .. Provider("P", 0x10, 4), 0, .. Number(2), .. Number(7), .. Number(300),
        ];
        Assert.Equal(expected, runtime.LastPayload);
    }

    [Fact]
    public async Task StacksWanted_BringStandardRundown()
    {
        using FakeRuntime runtime = new(Version5);
        await StartAsync(runtime, Profile with { HasRundown = true });

        Assert.Equal([0x39, 0x01, 0x02, 0x80, 0, 0, 0, 0, 1], runtime.LastPayload[12..21]);
    }

    [Fact]
    public async Task Net11_AskedForLossless_Blocks()
    {
        using FakeRuntime runtime = new(Version2, Version3, Version5, Version6);
        EventStream stream = await StartAsync(runtime, wantsLossless: true);

        Assert.Equal([Version6], runtime.Commands);
        Assert.True(stream.IsLossless);
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(runtime.LastPayload.AsSpan(^4)));
    }

    [Fact]
    public async Task Net11_NotAskedForLossless_DoesNotBlock()
    {
        using FakeRuntime runtime = new(Version2, Version3, Version5, Version6);
        EventStream stream = await StartAsync(runtime);

        Assert.Equal([Version5], runtime.Commands);
        Assert.False(stream.IsLossless);
    }

    [Fact]
    public async Task Net10_AskedForLossless_FallsBack()
    {
        using FakeRuntime runtime = new(Version2, Version3, Version5);
        EventStream stream = await StartAsync(runtime, wantsLossless: true);

        Assert.Equal([Version6, Version5], runtime.Commands);
        Assert.False(stream.IsLossless);
    }

    [Fact]
    public async Task Net9_GetsOlderRequests_WithoutStacks()
    {
        using FakeRuntime runtime = new(Version2, Version3);
        await StartAsync(runtime);

        Assert.Equal([Version5, Version3], runtime.Commands);
        byte[] expected = [.. Number(64), .. Number(1), 0, 0, .. Number(1), .. Provider("O", 0x20, 5)];
        Assert.Equal(expected, runtime.LastPayload);
    }

    [Fact]
    public async Task OldestRuntime_IsAskedStepByStep()
    {
        using FakeRuntime runtime = new(Version2);
        EventStream stream = await StartAsync(runtime, wantsLossless: true);

        Assert.Equal([Version6, Version5, Version3, Version2], runtime.Commands);
        Assert.Equal(FakeRuntime.SessionId, stream.SessionId);
        byte[] expected = [.. Number(64), .. Number(1), 0, .. Number(1), .. Provider("O", 0x20, 5)];
        Assert.Equal(expected, runtime.LastPayload);
    }

    [Theory]
    [InlineData(Version5, true)]
    [InlineData(Version3, false)]
    public async Task MemoryPoolsOfAspNetCore_AreAskedForFromNet10On(int version, bool asked)
    {
        using FakeRuntime runtime = new(version);
        await StartAsync(runtime, TraceProfile.ByName("pools"));

        Assert.Equal(asked, runtime.LastPayload.AsSpan().IndexOf(Encoding.Unicode.GetBytes(MemoryPoolFeed.Provider)) >= 0);
    }

    [Fact]
    public async Task RuntimeThatKnowsNoVersion_IsAnError()
    {
        using FakeRuntime runtime = new();

        PortException error = await Assert.ThrowsAsync<PortException>(() => StartAsync(runtime));

        Assert.True(error.IsUnknownCommand);
        Assert.Equal([Version5, Version3, Version2], runtime.Commands);
    }

    [Fact]
    public async Task OtherRefusal_IsNotAskedAgain()
    {
        using FakeRuntime runtime = new(Version2, Version3, Version5) { Refusal = 0x80131384 };

        PortException error = await Assert.ThrowsAsync<PortException>(() => StartAsync(runtime));

        Assert.Equal(0x80131384, error.Code);
        Assert.Equal([Version5], runtime.Commands);
    }

    private static async Task<EventStream> StartAsync(
        FakeRuntime runtime, TraceProfile? profile = null, bool wantsLossless = false)
    {
        EventStream stream = await EventStreamRequest.StartAsync(
            runtime.Port, profile ?? Profile, bufferMegabytes: 64, wantsLossless, TestContext.Current.CancellationToken);
        await stream.Events.DisposeAsync();
        return stream;
    }

    private static byte[] Number(int number) => BitConverter.GetBytes(number);

    private static byte[] Provider(string name, long keywords, int level) =>
    [
        .. BitConverter.GetBytes(keywords), .. Number(level),
        .. Number(name.Length + 1), .. Encoding.Unicode.GetBytes(name + "\0"), .. Number(1), 0, 0,
    ];
}
