using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests;

/// <summary>Recordings of whole runs of the target.</summary>
internal static class RecordedFile
{
    /// <returns>The file.</returns>
    public static async Task<string> OfAsync(
        string file, TraceProfile profile, string[] workload, int bufferMegabytes = 256)
    {
        await using TraceSession session = await TraceSession.LaunchAsync(
            TargetProgram.Command(workload), new RecordingOptions(file, profile) { BufferMegabytes = bufferMegabytes });
        await session.WaitAsync().WaitAsync(Patience);
        return file;
    }
}
