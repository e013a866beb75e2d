using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Snapshots;

namespace FragGuard.Collector.Tests.Snapshots;

public sealed class SnapshotFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Kept => _folder.File("kept.nettrace");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ProcessWithoutARuntime_IsASessionError()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sleep on Windows.");
        using Process sleep = Process.Start("sleep", "60");
        try
        {
            SessionException error = await Assert.ThrowsAsync<SessionException>(
                () => SnapshotSession.TakeAsync(sleep.Id, new SnapshotOptions { OutputFile = Kept }));
            Assert.Equal(SessionFailure.NotDotNet, error.Failure);
            Assert.False(File.Exists(Kept));
        }
        finally
        {
            sleep.Kill();
        }
    }

    [Fact]
    public async Task TargetThatDoesNotAnswer_IsGivenUp_AndLivesOn()
    {
        await using ShownHeap shown = await StoppedAsync();
        await File.WriteAllTextAsync(Kept, "earlier");
        SnapshotOptions options = new() { Patience = TimeSpan.FromSeconds(2), OutputFile = Kept };

        SessionException error = await Assert.ThrowsAsync<SessionException>(() => SnapshotSession
            .TakeAsync(shown.ProcessId, options).WaitAsync(Patience));
        await shown.SignalAsync("CONT");

        Assert.Equal(SessionFailure.Refused, error.Failure);
        Assert.Contains("does not answer", error.Message, StringComparison.Ordinal);
        Assert.Equal("earlier", await File.ReadAllTextAsync(Kept));
        Assert.NotEmpty((await shown.TellAsync()).All("generation"));
    }

    [Fact]
    public async Task TargetThatAnswersLate_IsWaitedForAsLongAsIsAsked()
    {
        await using ShownHeap shown = await StoppedAsync();
        Task<ObjectSnapshot> taking = SnapshotSession.TakeAsync(
            shown.ProcessId, new SnapshotOptions { Patience = TimeSpan.FromSeconds(90) });
        await Task.Delay(TimeSpan.FromSeconds(12));
        await shown.SignalAsync("CONT");

        Assert.True((await taking.WaitAsync(Patience)).IsExact);
    }

    [Fact]
    public async Task TargetThatIsKilledMeanwhile_IsAnErrorAtOnce()
    {
        await using ShownHeap shown = await StoppedAsync();
        Task<ObjectSnapshot> taking = SnapshotSession.TakeAsync(
            shown.ProcessId, new SnapshotOptions { Patience = TimeSpan.FromHours(1) });
        await shown.SignalAsync("KILL");

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => taking.WaitAsync(Patience));

        Assert.True(error is SessionException or SnapshotException, error.ToString());
    }

    [Fact]
    public async Task HeapOfMoreObjectsThanAllowed_IsRefused_AndTheTargetLivesOn()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("punched", "5000");

        SnapshotException error = await Assert.ThrowsAsync<SnapshotException>(() => SnapshotSession.TakeAsync(
            shown.ProcessId, new SnapshotOptions { Limits = new SnapshotLimits { MaxObjects = 1_000 } }));

        Assert.Contains("more than 1,000 objects; --max-nodes", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await shown.TellAsync()).All("generation"));
    }

    [Fact]
    public async Task HeapOfAsManyObjectsAsAllowed_IsTaken()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("punched", "2000");
        ObjectSnapshot first = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions { OutputFile = Kept });

        SnapshotLimits exact = new() { MaxObjects = (int)first.Objects };

        Assert.Equal(first.Objects, SnapshotReader.Read(Kept, exact).Objects);
    }

    [Fact]
    public async Task TooSmallBuffer_IsSaid_AndNothingExactIsClaimed()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("chain", "400000");
        try
        {
            ObjectSnapshot snapshot = await SnapshotSession.TakeAsync(
                shown.ProcessId, new SnapshotOptions { BufferMegabytes = 1 });

            Assert.True(snapshot.EventsLost > 0);
            Assert.False(snapshot.IsExact);
            Assert.True(snapshot.Objects < 400_000);
            Assert.Null(snapshot.Caches);
            Assert.Contains("events were lost", snapshot.WhyNoCaches, StringComparison.Ordinal);
        }
        catch (SnapshotException error)
        {
            // The end of the GC itself may be among the lost.
            Assert.Contains("its buffer was full", error.Message, StringComparison.Ordinal);
        }

        Assert.NotEmpty((await shown.TellAsync()).All("chain"));
    }

    [Fact]
    public async Task FullDisk_IsATracingError()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The full device is a thing of Linux.");
        await using ShownHeap shown = await ShownHeap.OfAsync("punched", "20000");

        TracingException error = await Assert.ThrowsAsync<TracingException>(() => SnapshotSession.TakeAsync(
            shown.ProcessId, new SnapshotOptions { OutputFile = "/dev/full" }));

        Assert.Equal("/dev/full", error.RecordingFile);
        Assert.True(shown.IsAlive);
    }

    [Fact]
    public async Task Cancelled_EndsAtOnce()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("punched", "2000");
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions(), progress: null, cancelled.Token));
        Assert.True(shown.IsAlive);
    }

    [Fact]
    public async Task KeptRecording_SaysTheSame()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("punched", "20000");
        ObjectSnapshot live = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions { OutputFile = Kept });

        ObjectSnapshot read = SnapshotReader.Read(Kept, new SnapshotLimits());

        Assert.Equal((live.GcNumber, live.Objects, live.LiveBytes), (read.GcNumber, read.Objects, read.LiveBytes));
        Assert.Equal(live.Types, read.Types);
        Assert.Equal(live.LargestHoles, read.LargestHoles);
        Assert.Equal(live.Regions, read.Regions);
        Assert.Equal(live.CacheInstances, read.CacheInstances);
    }

    [Fact]
    public async Task RecordingCutAnywhere_IsSalvagedOrRefused()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("punched", "20000");
        ObjectSnapshot whole = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions { OutputFile = Kept });
        byte[] bytes = await File.ReadAllBytesAsync(Kept);
        int salvaged = 0;
        for (int i = 1; i <= 40; i++)
        {
            await File.WriteAllBytesAsync(Kept, bytes[..(int)((long)bytes.Length * i / 41)]);
            try
            {
                ObjectSnapshot cut = SnapshotReader.Read(Kept, new SnapshotLimits());
                Assert.InRange(cut.Objects, 1, whole.Objects);
                Assert.Equal(cut.IsExact, cut.Objects == whole.Objects && cut.Caches is not null);
                salvaged++;
            }
            catch (Exception exception) when (exception is SnapshotException or RecordingFormatException)
            {
                // Cut before the first object.
            }
        }

        Assert.True(salvaged > 5, $"{salvaged} of 40");
    }

    [Fact]
    public async Task MutatedRecordings_NeverBreakTheReader()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync("caches");
        await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions { OutputFile = Kept });
        byte[] bytes = await File.ReadAllBytesAsync(Kept);
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 150; round++)
        {
            byte[] mutated = [.. bytes];
            for (int i = random.Next(1, 60); i > 0; i--)
                mutated[random.Next(100, mutated.Length)] = (byte)random.Next(256);
            await File.WriteAllBytesAsync(Kept, mutated);
            try
            {
                SnapshotReader.Read(Kept, new SnapshotLimits { MaxObjects = 1_000_000 });
            }
            catch (Exception exception) when (exception is SnapshotException or RecordingFormatException)
            {
                // Said in one line.
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}, round {round}: {exception}");
            }
        }
    }

    [Fact]
    public async Task RecordingWithoutASnapshot_IsRefused()
    {
        RecordingOptions options = new(Kept, TraceProfile.ByName("heap"));
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("layout"), options);
        await session.WaitAsync().WaitAsync(Patience);

        SnapshotException error = Assert.Throws<SnapshotException>(() => SnapshotReader.Read(Kept, new SnapshotLimits()));

        Assert.Contains("holds no heap snapshot", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ShownHeap> StoppedAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGSTOP is sent by a program of Linux.");
        ShownHeap shown = await ShownHeap.OfAsync("punched", "2000");
        await shown.SignalAsync("STOP");
        return shown;
    }
}
