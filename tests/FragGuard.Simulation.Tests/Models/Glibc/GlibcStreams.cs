using System.Collections.Generic;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>Random operations of one thread in the mixes that programs show, drawn from a seed.</summary>
internal sealed class GlibcStreams
{
    private const int Checkpoints = 200;

    private readonly List<GlibcOperation> _operations;
    private readonly SeededRandom _random;
    private readonly GlibcMix _mix;
    private readonly bool[] _isLive;
    private readonly int _count;
    private readonly int _threads;
    private readonly GlibcOperationKind _checkpoint;

    private GlibcStreams(ulong seed, GlibcMix mix, int count, int threads, GlibcOperationKind checkpoint)
    {
        _random = new SeededRandom(seed);
        _mix = mix;
        _count = count;
        _threads = threads;
        _checkpoint = checkpoint;
        _isLive = new bool[mix.Slots];
        _operations = new List<GlibcOperation>(count + Checkpoints);
    }

    /// <summary>A stream of one mix with a checkpoint after every 200th part of it.</summary>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="mix">Sizes and shares of the operations.</param>
    /// <param name="count">Number of operations besides the checkpoints.</param>
    /// <param name="threads">Threads that take turns.</param>
    /// <param name="checkpoint">What is asked at the checkpoints.</param>
    public static GlibcOperation[] Random(
        ulong seed, GlibcMix mix, int count, int threads = 1,
        GlibcOperationKind checkpoint = GlibcOperationKind.Info) =>
        new GlibcStreams(seed, mix, count, threads, checkpoint).Draw();

    private GlibcOperation[] Draw()
    {
        ushort thread = 0;
        for (int i = 1; i <= _count; i++)
        {
            if (_threads > 1 && _random.Next(1, 20) == 1)
                thread = (ushort)_random.Next(0, _threads - 1);
            _operations.Add(Next() with { Thread = thread });
            if (i % (_count / Checkpoints) == 0)
                _operations.Add(new GlibcOperation(_checkpoint, 0, thread, 0, 0));
        }

        return [.. _operations];
    }

    private GlibcOperation Next()
    {
        if (_random.Next(1, 20_000) <= _mix.TrimsIn20000)
            return new GlibcOperation(GlibcOperationKind.Trim, 0, 0, 0, 0);
        uint slot = (uint)_random.Next(0, _isLive.Length - 1);
        if (_isLive[slot])
        {
            if (_random.Next(1, 100) > _mix.ReallocatePercent)
            {
                _isLive[slot] = false;
                return new GlibcOperation(GlibcOperationKind.Free, 0, 0, slot, 0);
            }

            ulong resized = (ulong)_mix.Draw(_random);
            _isLive[slot] = resized > 0;
            return new GlibcOperation(GlibcOperationKind.Reallocate, 0, 0, slot, resized);
        }

        _isLive[slot] = true;
        long draw = _random.Next(1, 100);
        GlibcOperationKind kind = draw <= _mix.AlignedPercent ? GlibcOperationKind.AllocateAligned
            : draw <= _mix.AlignedPercent + 15 ? GlibcOperationKind.AllocateZeroed
            : GlibcOperationKind.Allocate;
        byte shift = kind == GlibcOperationKind.AllocateAligned ? (byte)_random.Next(3, _mix.MaxAlignmentShift) : (byte)0;
        return new GlibcOperation(kind, shift, 0, slot, (ulong)_mix.Draw(_random));
    }
}
