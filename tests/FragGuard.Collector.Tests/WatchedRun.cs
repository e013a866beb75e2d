using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests;

/// <summary>One run of the target from start to end: what was recorded, and what it says of itself.</summary>
internal sealed record WatchedRun(RecordedRun Run, Recording Recording, TruthLines Truth)
{
    public static Task<WatchedRun> OfAsync(params string[] arguments) =>
        OfAsync(TargetProgram.Command(arguments), TraceProfile.Run);

    public static async Task<WatchedRun> OfAsync(LaunchCommand command, TraceProfile profile, int bufferMegabytes = 256)
    {
        using TemporaryFolder folder = new();
        RecordingOptions options = new(folder.File("run.nettrace"), profile) { BufferMegabytes = bufferMegabytes };
        await using TraceSession session = await TraceSession.LaunchAsync(command, options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);
        return new WatchedRun(
            RecordingReader.Read(recording.File), recording, new TruthLines(session.Target!.Output));
    }
}
