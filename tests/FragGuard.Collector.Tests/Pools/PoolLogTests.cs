using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Tests.Pools;

public sealed class PoolLogTests
{
    private const int Pool = 7;
    private const int Length = 64;
    private const int NoBucket = -1;
    private const int SharedBucket = 2;
    private const int CreatedBucket = 12_345_678;

    private static readonly PoolView FromStart = new(true, 4, 8, SharedPoolSettings.Default);
    private static readonly PoolView Attached = FromStart with { IsWhole = false };

    private readonly PoolLog _log = new();
    private double _now;

    [Fact]
    public void AttachedRecording_SetsNoUpperEnd_AndKnowsWhatCameFromBefore()
    {
        for (int i = 0; i < 10; i++)
            Rent(i, SharedBucket);
        for (int i = 0; i < 4; i++)
            Return(i, thread: 1);
        Return(99, thread: 1);
        PoolUse use = Build(Attached);

        // Five came back. One may have passed from thread to thread before its return was told, one may end with its thread.
        Assert.Equal((3, null), (use.IdleAtLeast, use.IdleAtMost));
        Assert.Equal((1, 6), (use.ReturnedUnseen, use.Outstanding));
    }

    [Fact]
    public void SharedPool_IsToldByItsBucket_AndKeepsArraysForEachProcessorAndThread()
    {
        Rent(1, SharedBucket);
        PoolUse use = Build(FromStart);

        Assert.Equal(PoolKind.Shared, use.Kind);
        Assert.Equal(new PoolBound(4 * 32, IsExact: true, PlusOnePerThread: true), use.Bound);
    }

    [Fact]
    public void PoolThatOnlyMissed_MayBeEither()
    {
        Rent(1, NoBucket);
        _log.Allocated(Length, Pool, NoBucket, PoolAllocationReason.PoolExhausted, StackTable.Empty, birth: null);
        PoolUse use = Build(FromStart);

        Assert.Equal((PoolKind.Unknown, PoolBound.Unknown), (use.Kind, use.Bound));
    }

    [Fact]
    public void CreatedPool_TellsOfADropBeforeTheReturn()
    {
        for (int i = 0; i < 10; i++)
        {
            _log.Dropped(Length, Pool, CreatedBucket, isOverMaximumSize: false);
            Return(i, thread: 1);
        }

        Assert.Equal((10, 0L, 0L), (Build(FromStart).DroppedFull, Build(FromStart).IdleAtMost, Build(FromStart).IdleAtLeast));
        Assert.Equal((PoolKind.Created, 0L), (Build(Attached).Kind, Build(Attached).IdleAtLeast));
    }

    [Fact]
    public void ArrayReturnedTwice_CountsOnceAsUnseen()
    {
        Rent(1, NoBucket);
        Return(1, 1);
        Return(1, 1);

        Assert.Equal((2, 1, 0), (Build(FromStart).Returned, Build(FromStart).ReturnedUnseen, Build(FromStart).Outstanding));
    }

    [Fact]
    public void Returns_AreCountedByTheirCode_WithThoseThatWereNotOut()
    {
        Rent(1, NoBucket);
        Rent(2, NoBucket);
        Return(1, 1);
        Return(1, 1);
        Return(2, 1);

        using SiteResolver resolver = Resolver();
        ReturnSite site = Assert.Single(_log.BuildReturnSites(resolver));
        Assert.Equal((3, 1), (site.Returned, site.Unseen));
    }

    [Fact]
    public void RentSite_KnowsWhenItLastRented()
    {
        _now = 5;
        Rent(1, NoBucket);
        Rent(2, NoBucket);
        Return(2, 1);

        using SiteResolver resolver = Resolver();
        Assert.Equal(6, Assert.Single(_log.BuildSites(resolver)).LastRentMs);
    }

    [Fact]
    public void Memory_StaysBounded_HoweverManyPoolsThereAre()
    {
        for (int pool = 0; pool < 100_000; pool++)
            _log.Rented(_now, 1, Length, pool, NoBucket, StackTable.Empty);
        IReadOnlyList<PoolUse> uses = BuildAll(FromStart);

        Assert.Equal(4096, uses.Count);
        Assert.Equal(100_000 - 4096, _log.Unlisted);
        Assert.All(uses, use => Assert.Equal(1, use.Rented));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public void CallersOfAStack_AreTheInnermost_AndTheOthersAreCounted(int frames)
    {
        using SiteResolver resolver = WithLines(frames, out int stack);
        _log.Rented(1, 1, Length, Pool, NoBucket, stack);
        AllocationSite[] callers = [.. resolver.CallersOf(stack)];

        Assert.InRange(callers.Length, frames / 4, frames);
        Assert.Equal(callers.Take(32), _log.BuildCallers(resolver).Select(caller => caller.Site));
        Assert.Equal(Math.Max(0, callers.Length - 32), _log.CallersLeftOut);
    }

    [Fact]
    public void CallersOfVeryManyLengths_AreCountedBeyondTheBound()
    {
        const int Lengths = 4096;
        using SiteResolver resolver = WithLines(500, out int stack);
        for (int length = 1; length <= Lengths; length++)
        {
            _log.Rented(1, length, length, Pool, NoBucket, stack);
            _log.Returned(1, 1, length, length, Pool, stack);
        }

        int tooFar = resolver.CallersOf(stack).Count - 32;
        Assert.Equal(1 << 16, _log.BuildCallers(resolver).Count);
        Assert.Equal((32 * Lengths) - (1 << 16) + tooFar, _log.CallersLeftOut);
        Assert.Equal(1 << 16, _log.BuildReturnCallers(resolver).Count);
    }

    [Theory]
    [InlineData("System.Buffers.SharedArrayPool`1[")]
    [InlineData("System.Buffers.SharedArrayPool`1[System.By")]
    public void PoolWhoseTypeIsCut_IsOfUnknownElements(string type)
    {
        StackTable stacks = new();
        MethodMap methods = new();
        methods.AddCode(new MethodCode(0x1000, 0x1100, 1, 1, 0x0600_0001, type, "Rent"));
        using SiteResolver resolver = new(stacks, methods, new SymbolFolders([]));
        _log.Rented(1, 1, Length, Pool, NoBucket, stacks.Intern([0x1010]));

        PoolUse use = Assert.Single(_log.BuildUses(resolver, 1, FromStart));
        Assert.Equal((PoolKind.Shared, null), (use.Kind, use.Element.Type));
    }

    [Fact]
    public void Timeline_IsAsShort_HoweverManyRentsThereAre()
    {
        for (int i = 0; i < 200_000; i++)
        {
            Rent(1, SharedBucket);
            Return(1, 1);
        }

        IReadOnlyList<PoolMoment> timeline = Build(FromStart).Timeline;
        Assert.InRange(timeline.Count, 30, 64);
        Assert.Equal(timeline.OrderBy(moment => moment.TimeMs), timeline);
        Assert.Equal(_now, timeline[^1].TimeMs);
    }

    [Theory]
    [InlineData(null, null, 4 * 32)]
    [InlineData("2", null, 2 * 32)]
    [InlineData("16", "8", 4 * 8)]
    [InlineData("0", "-3", 4 * 32)]
    [InlineData("two", " 5 ", 4 * 5)]
    public void SettingsOfTheEnvironment_AreReadAsTheRuntimeDoes(string? partitions, string? arrays, long expected)
    {
        SharedPoolSettings settings = SharedPoolSettings.From(name => name switch
        {
            "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT" => partitions,
            "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION" => arrays,
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        });

        Assert.Equal(expected, settings.ArraysOn(4));
    }

    private void Rent(int buffer, int bucket) => _log.Rented(_now++, buffer, Length, Pool, bucket, StackTable.Empty);

    private void Return(int buffer, long thread) => _log.Returned(_now++, thread, buffer, Length, Pool, StackTable.Empty);

    // Methods of this assembly: behind those of the compiler, most have lines.
    private static SiteResolver WithLines(int frames, out int stack)
    {
        StackTable stacks = new();
        MethodMap methods = new();
        methods.AddModule(1, new RecordedModule(typeof(PoolLogTests).Assembly.Location, null));
        for (int row = 1; row <= frames; row++)
            methods.AddCode(new MethodCode((ulong)row << 8, ((ulong)row << 8) + 0x80, (ulong)row, 1, 0x0600_0100 + row, "App.Shop", $"M{row}"));
        stack = stacks.Intern([.. Enumerable.Range(1, frames).Select(row => ((ulong)row << 8) + 1)]);
        return new SiteResolver(stacks, methods, new SymbolFolders([]));
    }

    private static SiteResolver Resolver() => new(new StackTable(), new MethodMap(), new SymbolFolders([]));

    private PoolUse Build(PoolView view) => Assert.Single(BuildAll(view));

    private IReadOnlyList<PoolUse> BuildAll(PoolView view)
    {
        using SiteResolver resolver = Resolver();
        return _log.BuildUses(resolver, _now, view);
    }
}
