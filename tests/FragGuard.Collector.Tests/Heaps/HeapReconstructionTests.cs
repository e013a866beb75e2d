using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Heaps;

/// <summary>What the survivors say of each generation, held against what the runtime measured itself.</summary>
public class HeapReconstructionTests
{
    private const double Tolerance = 0.01;
    private const int LargeObjects = 3;

    // Tests that look at the same program look at one recording of it.
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<RecordedGc>>>> Recorded = new(StringComparer.Ordinal);

    private readonly TargetRuntime _runtime;

    public HeapReconstructionTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected HeapReconstructionTests(TargetRuntime runtime) => _runtime = runtime;

    public static TheoryData<string, string, string> Programs => new()
    {
        { "workstation", "1 40 0", "" },
        { "workstation, two threads", "2 40 0", "" },
        { "pinned", "2 40 5", "" },
        { "concurrent", "2 60 100", "DOTNET_gcConcurrent=1" },
        { "server", "4 40 50", "DOTNET_gcServer=1 DOTNET_GCHeapCount=4" },
        { "server that adapts its heaps", "4 150 50", "DOTNET_gcServer=1 DOTNET_GCDynamicAdaptationMode=1" },
        { "server, concurrent", "4 60 50", "DOTNET_gcServer=1 DOTNET_GCHeapCount=2 DOTNET_gcConcurrent=1" },
        { "conserve memory 5", "2 40 100", "DOTNET_GCConserveMemory=5" },
        { "conserve memory 9", "2 40 100", "DOTNET_GCConserveMemory=9" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task BlockingGcs_LeaveWhatTheRuntimeMeasures(string program, string arguments, string variables)
    {
        IReadOnlyList<RecordedGc> gcs = await CollectionsOfAsync(arguments, variables);
        RecordedGc[] blocking = [.. gcs.Where(gc => gc is { Kind: GcKind.Blocking, IsComplete: true })];

        Assert.True(blocking.Length >= 10, $"{program}: {blocking.Length} blocking GCs");
        Assert.Contains(blocking, gc => gc.Generation == 0);
        Assert.Contains(blocking, gc => gc.Generation == 2);
        foreach (RecordedGc gc in blocking)
        {
            for (int generation = 0; generation < LargeObjects; generation++)
                AssertAgree(program, gc, generation, Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task FullBlockingGcs_LeaveLargeAndPinnedObjectsToTheByte(string program, string arguments, string variables)
    {
        IReadOnlyList<RecordedGc> gcs = await CollectionsOfAsync(arguments, variables);
        RecordedGc[] full = [.. gcs.Where(gc => gc is { Generation: 2, Kind: GcKind.Blocking, IsComplete: true })];

        Assert.NotEmpty(full);
        Assert.Contains(full, gc => gc.Loh.FreeBytesAfter > 0);
        Assert.Contains(full, gc => gc.Poh.FreeBytesAfter > 0);
        foreach (RecordedGc gc in full)
        {
            AssertAgree(program, gc, LargeObjects, 0);
            AssertAgree(program, gc, LargeObjects + 1, 0);
        }
    }

    /// <summary>Where a foreground GC ran between the runtime's own measure and the list of survivors, it is what the next GC finds.</summary>
    [Fact]
    public async Task BackgroundGcs_LeaveTheOldGenerationAsMeasured()
    {
        IReadOnlyList<RecordedGc> gcs = await CollectionsOfAsync("2 100 100", "DOTNET_gcConcurrent=1");
        RecordedGc[] background = [.. gcs.Where(gc => gc is { Kind: GcKind.Background, Reconstruction.Count: > 0 })];

        Assert.NotEmpty(background);
        foreach (RecordedGc gc in background)
        {
            RecordedGc[] next = NextOf(gcs, gc);
            if (!next.Any(one => one.Kind == GcKind.Foreground) || !next.Any(one => Finds(one, gc.Reconstruction[2])))
                AssertAgree("concurrent", gc, 2, Tolerance);
        }

        Assert.Contains(background, gc => gc.Gen2.BytesAfter == gc.Reconstruction[2].SizeBytes);
    }

    /// <summary>
    /// Each heap of Server GC measures itself when its own sweep is over; while others still sweep, foreground GCs go on. All
    /// survivors are listed later, when nothing moves: that is what the next GC starts with.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task BackgroundGcsOfServerGc_LeaveTheOldGenerationAsTheNextGcFindsIt(int heaps)
    {
        IReadOnlyList<RecordedGc> gcs = await CollectionsOfAsync(
            "4 100 100", $"DOTNET_gcServer=1 DOTNET_GCHeapCount={heaps} DOTNET_gcConcurrent=1");
        (GenerationFigures Old, RecordedGc[] Next)[] background =
        [
            .. gcs.Where(gc => gc is { Kind: GcKind.Background, Reconstruction.Count: > 0 })
                .Select(gc => (Old: gc.Reconstruction[2], Next: NextOf(gcs, gc)))
                .Where(pair => pair.Next.Length > 0),
        ];

        Assert.NotEmpty(background);
        Assert.All(background, pair => Assert.Contains(pair.Next, one => Finds(one, pair.Old)));
    }

    [Fact]
    public async Task EveryByteOfAGeneration_IsLiveFreeOrUnknown()
    {
        IReadOnlyList<RecordedGc> gcs = await CollectionsOfAsync("2 40 5", "DOTNET_gcConcurrent=1");
        foreach (GenerationFigures one in gcs.SelectMany(gc => gc.Reconstruction))
        {
            Assert.Equal(one.SizeBytes, one.LiveBytes + one.FreeBytes + one.UnknownBytes);
            Assert.InRange(one.LargestHoleBytes, 0, one.FreeBytes);
            Assert.True(one.LiveBytes >= 0 && one.FreeBytes >= 0 && one.UnknownBytes >= 0);
        }
    }

    [Fact]
    public async Task LargeObjectsMadeSinceTheLastFullGc_AreUnknown()
    {
        IReadOnlyList<RecordedGc> gcs = await CollectionsOfAsync("1 40 0", "");
        GenerationFigures first = gcs.First(gc => gc.Generation < 2).Reconstruction[LargeObjects];
        GenerationFigures full = gcs.First(gc => gc.Generation == 2).Reconstruction[LargeObjects];

        Assert.Equal(1, first.UnknownRatio);
        Assert.Equal(0, full.UnknownRatio);
    }

    /// <summary>
    /// Of the GCs with higher numbers one may have run before the survivors were listed, and foreground ones may: one of these is
    /// the next. Empty at the end of a recording.
    /// </summary>
    private static RecordedGc[] NextOf(IReadOnlyList<RecordedGc> gcs, RecordedGc background)
    {
        RecordedGc[] later = [.. gcs.Where(gc => gc.Number > background.Number)];
        int[] others = [.. Enumerable.Range(0, later.Length).Where(i => later[i].Kind != GcKind.Foreground).Take(2)];
        return others.Length < 2 ? [] : later[..(others[1] + 1)];
    }

    private static bool Finds(RecordedGc gc, GenerationFigures old) =>
        (gc.Gen2.BytesBefore, gc.Gen2.FreeBytesBefore) == (old.SizeBytes, old.FreeBytes);

    private static void AssertAgree(string program, RecordedGc gc, int generation, double tolerance)
    {
        Assert.Equal(5, gc.Reconstruction.Count);
        GenerationFigures ours = gc.Reconstruction[generation];
        GenerationMeasure theirs = gc.MeasureOf(generation);
        double most = tolerance * theirs.BytesAfter;
        string where = $"{program}: GC {gc.Number} of generation {gc.Generation}, generation {generation}: "
            + $"{ours.SizeBytes} bytes, {ours.FreeBytes} free; {theirs.BytesAfter}, {theirs.FreeBytesAfter} measured";
        Assert.True(Math.Abs(ours.SizeBytes - theirs.BytesAfter) <= most, where);
        Assert.True(Math.Abs(ours.FreeBytes - theirs.FreeBytesAfter) <= most, where);
    }

    private Task<IReadOnlyList<RecordedGc>> CollectionsOfAsync(string arguments, string variables) => Recorded.GetOrAdd(
        $"{_runtime.Major} {arguments} {variables}",
        _ => new Lazy<Task<IReadOnlyList<RecordedGc>>>(() => RecordAsync(arguments, variables))).Value;

    private async Task<IReadOnlyList<RecordedGc>> RecordAsync(string arguments, string variables)
    {
        LaunchCommand command = _runtime.Command(["heap", .. arguments.Split(' ')]);
        Dictionary<string, string?> environment = new(command.Environment, StringComparer.Ordinal);
        foreach (string variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            environment[variable.Split('=')[0]] = variable.Split('=')[1];
        WatchedRun watched = await WatchedRun.OfAsync(command with { Environment = environment }, HeapProfiles.Survivors);

        Assert.Equal(0, watched.Run.EventsLost);
        return watched.Run.Collections;
    }
}
