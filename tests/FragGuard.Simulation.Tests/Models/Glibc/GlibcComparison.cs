using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Glibc;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>Plays in the model what driver.c played, and compares what came of each operation.</summary>
internal sealed class GlibcComparison(GlibcModel model, GlibcResults results)
{
    private const int Fields = 9;
    private const int ArenaShift = 44;
    private const long HiddenBlocks = -1;
    private const ulong NoPlace = GlibcResults.NoMemory;

    private readonly Dictionary<ulong, ulong> _arenas = [];
    private readonly HashSet<ulong> _arenasOfModel = [];
    private long _thread;

    /// <summary>Addresses, fields of mallinfo2 and numbers of pages compared.</summary>
    public long Compared { get; private set; }

    public long Differences { get; private set; }

    public string? FirstDifference { get; private set; }

    /// <summary>Compares one stream and reports it under a name of its own.</summary>
    public static void Report(
        ITestOutputHelper output, GlibcOperation[] operations, GlibcResults results, string stream,
        params (string Key, string Value)[] settings)
    {
        GlibcComparison comparison = new(GlibcOfTheSystem.ModelOf(results, settings), results);
        comparison.Play(operations);
        Assert.True(
            comparison.Differences == 0, $"{stream}: {comparison.Differences} differences; {comparison.FirstDifference}");
        FidelityResults.Exact(
            output, "glibc", stream, Text($"glibc 2.{results.Minor}"), comparison.Compared,
            "addresses, fields of mallinfo2 and page counts", comparison.Differences);
    }

    public static string Text(FormattableString text) => FormattableString.Invariant(text);

    public void Play(ReadOnlySpan<GlibcOperation> operations)
    {
        PlayThreadStarts();
        for (int i = 0; i < operations.Length; i++)
        {
            ref readonly GlibcOperation operation = ref operations[i];
            if (operation.Thread != _thread)
            {
                _thread = operation.Thread;
                model.Apply(new AllocationEvent(AllocationEventKind.Thread, _thread));
            }

            switch (operation.Kind)
            {
                case GlibcOperationKind.Info:
                    Compare(i, results.NextInfo(), model.MallocInfo(), Fields);
                    break;
                case GlibcOperationKind.Resident:
                    Compare(i, (long)results.Next(), model.Counters.ResidentBytes / 4096, 1);
                    break;
                default:
                    Play(i, operation);
                    break;
            }
        }
    }

    /// <summary>The C library itself allocates when a thread starts; how much is known from the bytes in use.</summary>
    private void PlayThreadStarts()
    {
        long id = HiddenBlocks;
        foreach (long bytesInUse in results.BytesAfterThreads)
        {
            long before = model.MallocInfo().UOrdBlks;
            long bytes = bytesInUse - before - (before == 0 ? model.Heap.CacheChunkBytes : 0) - sizeof(long);
            model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id--, bytes, Traits: BlockTraits.Zeroed));
        }
    }

    private void Play(int index, in GlibcOperation operation)
    {
        AllocationEventKind kind = operation.Kind switch
        {
            GlibcOperationKind.Free => AllocationEventKind.Free,
            GlibcOperationKind.Reallocate => AllocationEventKind.Reallocate,
            GlibcOperationKind.Trim => AllocationEventKind.Trim,
            _ => AllocationEventKind.Allocate,
        };
        BlockTraits traits = operation.Kind == GlibcOperationKind.AllocateZeroed ? BlockTraits.Zeroed : BlockTraits.None;
        EventOutcome outcome = model.Apply(new AllocationEvent(
            kind, operation.Slot, (long)operation.Bytes,
            AlignmentBytes: operation.Kind == GlibcOperationKind.AllocateAligned ? 1 << operation.AlignmentShift : 0,
            Traits: traits));
        if (kind is AllocationEventKind.Free or AllocationEventKind.Trim)
            return;
        ulong real = results.Next();
        ulong modelled = PlaceOf(outcome.OffsetBytes);
        if (real != NoPlace && modelled != NoPlace && (real & modelled & GlibcResults.InHeap) != 0)
            real = Translated(real, modelled);
        Compare(index, real, modelled, 1);
    }

    /// <summary>A place as driver.c writes it, with the model's own number for the arena.</summary>
    private ulong PlaceOf(long address)
    {
        if (address < 0)
            return NoPlace;
        if (MappedChunks.Holds(address))
            return GlibcResults.Mapped | (ulong)model.Heap.Mapped.ChunkBytesOf(address);
        ulong heap = (ulong)address % (1UL << Arena.AddressShift) / Arena.HeapBytes;
        return Arena.NumberOf(address) == 0
            ? (ulong)address
            : GlibcResults.InHeap | ((ulong)Arena.NumberOf(address) << ArenaShift) | (heap << 32)
                | ((ulong)address % Arena.HeapBytes);
    }

    /// <summary>The real place with the model's number for its arena; arenas are matched up by their first block.</summary>
    private ulong Translated(ulong real, ulong modelled)
    {
        const ulong arenaMask = GlibcResults.InHeap - (1UL << ArenaShift);
        ulong arena = real & arenaMask;
        if (!_arenas.TryGetValue(arena, out ulong known))
        {
            known = modelled & arenaMask;
            _arenas.Add(arena, known);
            if (!_arenasOfModel.Add(known))
                known = arenaMask;
        }

        return (real & ~arenaMask) | known;
    }

    private void Compare<T>(int index, T real, T modelled, int things)
        where T : IEquatable<T>
    {
        Compared += things;
        if (real.Equals(modelled))
            return;
        Differences += things;
        FirstDifference ??= $"operation {index}: really {Shown(real)}, in the model {Shown(modelled)}";
    }

    private static string Shown<T>(T value) => value is ulong place ? $"0x{place:x}" : value!.ToString()!;
}
