using System;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class ReversedPortTests
{
    /// <summary>What a runtime in a container says of itself.</summary>
    private const int AdvertisedId = 1;

    [Fact]
    public async Task StrangerAtThePort_IsNoTarget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has pipes instead.");
        using ReversedPort port = ReversedPort.Open();
        port.Accept();
        using Socket stranger = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await stranger.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(port)));
        await stranger.SendAsync(new byte[34]);

        Assert.Equal(0, await stranger.ReceiveAsync(new byte[1]));
        Assert.False(port.Target.IsCompleted);
    }

    [Fact]
    public async Task SecondRuntime_IsResumed_NotTraced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has pipes instead.");
        using ReversedPort port = ReversedPort.Open();
        port.Accept();
        using Socket first = await AdvertisedAsync(port);
        await port.Target.WaitAsync(Patience, TestContext.Current.CancellationToken);
        using Socket second = await AdvertisedAsync(port);
        byte[] request = new byte[20];
        await new NetworkStream(second).ReadExactlyAsync(request).AsTask().WaitAsync(Patience);

        Assert.Equal((0x04, 0x01), (request[16], request[17]));
        Assert.Equal(0, first.Available);
        Assert.Equal(OperatingSystem.IsLinux() ? Environment.ProcessId : AdvertisedId, port.ProcessId);
        Assert.Equal(OperatingSystem.IsLinux() ? (int?)Environment.ProcessId : null, port.Entry?.ProcessId);
    }

    [Fact]
    public void PortDirectory_IsPrivate_AndGoesAway()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has pipes instead.");
        ReversedPort port = ReversedPort.Open();
        string path = PathOf(port);

#pragma warning disable CA1416
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(path)!));
#pragma warning restore CA1416
        Assert.True(path.Length < 108);
        port.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    private static async Task<Socket> AdvertisedAsync(ReversedPort port)
    {
        Socket runtime = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await runtime.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(port)));
        byte[] advertisement = [.. "ADVR_V1\0"u8, .. Guid.NewGuid().ToByteArray(), AdvertisedId, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        await runtime.SendAsync(advertisement);
        return runtime;
    }

    private static string PathOf(ReversedPort port) => port.Address.Split(',')[0];
}
