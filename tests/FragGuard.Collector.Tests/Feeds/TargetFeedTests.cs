using System.IO;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Tests.Events;

namespace FragGuard.Collector.Tests.Feeds;

public sealed class TargetFeedTests
{
    private const int Start = 1;

    /// <summary>A recording of .NET Core 3 says 4.0.0, which is the version of no runtime.</summary>
    [Theory]
    [InlineData(10, 0, 12, "10.0.12")]
    [InlineData(5, 0, 0, "5.0.0")]
    [InlineData(4, 0, 0, "")]
    public void RuntimeVersion_IsToldFromNet5On(short major, short minor, short build, string told)
    {
        MemoryStream stream = new RecordingBytes()
            .Kind(Start, RuntimeEvents.RuntimeStart, RuntimeEvents.Provider)
            .PlainEvents(new HandmadeEvent(Start, 7, 1, 1) { Payload = RuntimePayloads.OfRuntime(major, minor, build) })
            .End();

        RecordedRun run = RecordingReader.Read(stream, "handmade", ReadingOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(told, run.Target.RuntimeVersion);
    }
}
