using FragGuard.Collector.Heaps;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class PinJudgeTests
{
    [Theory]
    [InlineData("FG3003")]
    [InlineData("FG3004")]
    public void HolesAsLargeAsThePinnedObjects_Confirm(string rule)
    {
        Verdict verdict = Judge(rule, Pin(gcs: 10, holes: 40_000));

        Assert.Equal(VerdictKind.Confirmed, verdict.Kind);
        Assert.Equal(10, verdict.Exercised);
        Assert.Equal(4_000, verdict.Measured["pinnedBytes"]);
    }

    /// <summary>The finding names the line that makes the array, in another method than the one that pins it.</summary>
    [Fact]
    public void ArrayMadeWhereTheFindingSays_IsItsOwn() => Assert.Equal(
        VerdictKind.Confirmed,
        Judge("FG3003", Pin(gcs: 10, holes: 40_000, firstLine: 80), related: [new SourceSpan(Runs.File, 80, 80)]).Kind);

    [Fact]
    public void SmallerHoles_Refute() => Assert.Equal(VerdictKind.Refuted, Judge("FG3003", Pin(gcs: 10, holes: 39_000)).Kind);

    [Fact]
    public void FewGcs_AreUnknown() => Assert.Equal(VerdictKind.Unknown, Judge("FG3003", Pin(gcs: 2, holes: 90_000)).Kind);

    [Fact]
    public void PinsOfOtherMethods_AreNotExercised() => Assert.Equal(
        VerdictKind.NotExercised, Judge("FG3003", Pin(gcs: 10, holes: 40_000, firstLine: 80)).Kind);

    [Fact]
    public void PinsOfOtherMethods_MayBeWhatTheHandleWasGiven() => Assert.Equal(
        VerdictKind.Unknown, Judge("FG3004", Pin(gcs: 10, holes: 40_000, firstLine: 80)).Kind);

    [Theory]
    [InlineData(10, 0.5, 3, VerdictKind.Refuted)]
    [InlineData(9, 0.5, 3, VerdictKind.Unknown)]
    [InlineData(10, 0.49, 3, VerdictKind.Unknown)]
    [InlineData(10, 0.5, 2, VerdictKind.Unknown)]
    public void ObjectsThatDie_AreNotPinnedForLong(long samples, double died, int gcs, VerdictKind kind)
    {
        HeapHistory heap = new()
        {
            HasPins = true,
            Pins = [Pin(gcs: 10, holes: 40_000) with { Site = null }],
            Sites = [new AllocationSite("Receiver..ctor", Runs.File, 10, "System.Byte[]", 8, 18)],
            Lifetimes = [new ObjectLifetime(0, samples, 1e6, SampleError.Of(samples), 250, [died, 0, 0, 0, 0], 1 - died, 0, 0, null, null)],
        };

        Assert.Equal(
            kind,
            Judges.Judge(
                Runs.Finding("FG3004"),
                Runs.Evidence(Runs.Empty with { Heap = heap, Collections = Runs.FullGcs(new (long, long)[gcs]) })).Kind);
    }

    [Fact]
    public void PinsWithoutASite_AreUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judge("FG3003", Pin(gcs: 10, holes: 40_000) with { Site = null }).Kind);

    [Theory]
    [InlineData(39_000, 0, VerdictKind.Refuted)]
    [InlineData(39_000, 1, VerdictKind.Unknown)]
    [InlineData(40_000, 1, VerdictKind.Confirmed)]
    public void PinsInNoFigure_MayBeItsOwn(long holes, long omitted, VerdictKind kind)
    {
        HeapHistory heap = new() { HasPins = true, Pins = [Pin(gcs: 10, holes)], OmittedPins = omitted };

        Assert.Equal(kind, Judges.Judge(Runs.Finding("FG3003"), Runs.Evidence(Runs.Empty with { Heap = heap })).Kind);
    }

    [Fact]
    public void NoPinTold_IsUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judges.Judge(Runs.Finding("FG3003"), Runs.Evidence(Runs.Empty)).Kind);

    private static PinUse Pin(long gcs, long holes, int firstLine = 8) => new(
        "System.Byte[]", new AllocationSite("Receiver..ctor", Runs.File, firstLine, null, firstLine, firstLine + 10), gcs, gcs, gcs * 4_000, holes, holes);

    private static Verdict Judge(string rule, PinUse pin, params SourceSpan[] related) => Judges.Judge(
        Runs.Finding(rule) with { Related = related }, Runs.Evidence(Runs.Empty with { Heap = new HeapHistory { HasPins = true, Pins = [pin] } }));
}
