using System.Threading.Tasks;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class LivePipeTests
{
    [Fact]
    public void FullPipe_TakesNothingMore_AndTheWriterGoesOn()
    {
        using LivePipe pipe = new(maxBytes: 10);

        Assert.True(pipe.TryAdd(new byte[10]));
        Assert.False(pipe.TryAdd(new byte[1]));
        Assert.Equal(10, pipe.Read(new byte[64]));
        Assert.True(pipe.TryAdd(new byte[1]));
    }

    [Fact]
    public async Task WaitingReader_SeesTheEnd()
    {
        using LivePipe pipe = new(maxBytes: 10);
        Task<int> reading = Task.Run(() => pipe.Read(new byte[1], 0, 1));
        pipe.Complete();

        Assert.Equal(0, await reading);
        Assert.False(pipe.TryAdd(new byte[1]));
    }
}
