using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace FragGuard.Benchmarks.Recordings;

/// <summary>
/// From a recording to its finished analysis, beside what the library of the format's owners needs to make its own file of
/// it before any analysis. Run it on one processor: <c>taskset -c 0 dotnet run -c Release -- --filter *Reading*</c>.
/// </summary>
[Config(typeof(OneProcess)), MemoryDiagnoser]
public class ReadingBenchmarks
{
    // Both methods read the same recording.
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal);

    private string _file = "";

    /// <summary>Profile of the recording, then the workload of the target.</summary>
    [Params("run rents 1100000", "run load 8", "heap load 8", "layout load 8")]
    public string Recorded { get; set; } = "";

    [GlobalSetup]
    public void Record()
    {
        if (!Files.ContainsKey(Recorded))
            Files[Recorded] = RecordAsync().GetAwaiter().GetResult();
        _file = Files[Recorded];
    }

    [Benchmark(Baseline = true)]
    public void BuildEtlx()
    {
        string converted = Path.ChangeExtension(_file, ".etlx");
        TraceLog.CreateFromEventPipeDataFile(_file, converted);
        File.Delete(converted);
    }

    [Benchmark]
    public RecordedRun Read() => RecordingReader.Read(_file);

    private async Task<string> RecordAsync()
    {
        string[] words = Recorded.Split(' ');
        string file = Path.Combine(Path.GetTempPath(), $"fragguard-{Guid.NewGuid():n}.nettrace");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        string target = Path.Combine(AppContext.BaseDirectory, "FragGuard.Collector.Tests.Target.dll");
        await using TraceSession session = await TraceSession.LaunchAsync(
            new LaunchCommand("dotnet", [target, .. words[1..]]) { Output = ChildOutput.Capture },
            new RecordingOptions(file, TraceProfile.ByName(words[0]))).ConfigureAwait(false);
        await session.WaitAsync().ConfigureAwait(false);
        RecordedRun run = RecordingReader.Read(file);
        Console.WriteLine(
            $"// {Recorded}: {run.EventsRead:N0} events, {run.EventsLost:N0} lost, {new FileInfo(file).Length:N0} bytes");
        return file;
    }

    // The recording is made once, and both read it in the process that made it.
    private sealed class OneProcess : ManualConfig
    {
        public OneProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
