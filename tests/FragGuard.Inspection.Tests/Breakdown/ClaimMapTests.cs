using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Breakdown;

public sealed class ClaimMapTests
{
    [Fact]
    public void LaterClaim_GetsWhatIsLeft()
    {
        ClaimMap map = new();
        map.Add(Claim(10, 20, PartKind.Arenas));
        map.Add(Claim(30, 40, PartKind.Arenas));

        map.Add(Claim(5, 50, PartKind.GcHeap));

        Assert.Equal(
            "5-10 GcHeap, 10-20 Arenas, 20-30 GcHeap, 30-40 Arenas, 40-50 GcHeap",
            string.Join(", ", map.Overlapping(0, 100).Select(one => $"{one.Start}-{one.End} {one.Kind}")));
        Assert.False(map.Holds(4));
        Assert.True(map.Holds(5));
        Assert.False(map.Holds(50));
    }

    [Fact]
    public void RandomClaims_AreThoseOfAByteByByteAccount()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            ClaimMap map = new();
            PartKind?[] bytes = new PartKind?[64];
            for (int i = 0; i < 12; i++)
            {
                int start = random.Next(64);
                int end = Math.Min(64, start + random.Next(20));
                PartKind kind = (PartKind)random.Next(10);
                map.Add(Claim((ulong)start, (ulong)end, kind));
                for (int at = start; at < end; at++)
                    bytes[at] ??= kind;
            }

            for (int at = 0; at < 64; at++)
            {
                List<MemoryClaim> here = map.Overlapping((ulong)at, (ulong)at + 1);
                Assert.True(here.Count <= 1 && here.FirstOrDefault()?.Kind == bytes[at], string.Create(CultureInfo.InvariantCulture, $"seed {seed}, byte {at}"));
            }
        }
    }

    [Fact]
    public void DividedMapping_AddsUp_WhateverThePagesSay()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        ulong page = ResidentPages.PageBytes;
        for (int round = 0; round < 300; round++)
        {
            ClaimMap map = new();
            for (int i = random.Next(4); i > 0; i--)
                map.Add(Claim((ulong)random.Next(40) * page, (ulong)random.Next(40) * page, PartKind.ThreadStacks));
            long resident = random.Next(32) * (long)page;
            MappingUsage usage = new(new MemoryMapping(4 * page, 36 * page, "rw-p", 0, 0, ""), resident)
            {
                ProportionalBytes = resident / random.Next(1, 4), SwappedBytes = random.Next(32) * (long)page - resident > 0 ? (long)page : 0, LazyFreeBytes = resident / 2,
            };
            PageResidence[] pages = [.. Enumerable.Range(0, 40).Select(_ => (PageResidence)random.Next(4))];
            MappingCutter cutter = new(map, (start, end) => pages[(int)(start / page)..(int)(end / page)]);

            IReadOnlyList<MemoryPiece> pieces = cutter.Cut(usage, Claim(4 * page, 36 * page, PartKind.Anonymous));

            Assert.Equal(
                (seed, usage.ResidentBytes, usage.SwappedBytes, usage.ProportionalBytes, usage.LazyFreeBytes, 32 * (long)page),
                (seed, pieces.Sum(one => one.ResidentBytes), pieces.Sum(one => one.SwappedBytes), pieces.Sum(one => one.ProportionalBytes),
                    pieces.Sum(one => one.LazyFreeBytes), pieces.Sum(one => (long)one.Claim.Bytes)));
            Assert.All(pieces, one => Assert.True(
                one is { ResidentBytes: >= 0, SwappedBytes: >= 0, ProportionalBytes: >= 0, LazyFreeBytes: >= 0 }
                && one.ProportionalBytes <= one.ResidentBytes && one.LazyFreeBytes <= one.ResidentBytes, string.Create(CultureInfo.InvariantCulture, $"seed {seed}")));
        }
    }

    private static MemoryClaim Claim(ulong start, ulong end, PartKind kind) => new(start, end, kind, Certainty.Certain, kind.ToString());
}
