using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Events;

/// <summary>The stacks that events may refer to until the next sequence point.</summary>
internal sealed class StackBlocks
{
    /// <summary>Most stacks between two sequence points.</summary>
    public const int Max = 1 << 20;

    private readonly List<StackBytes> _stacks = [];
    private int _firstId = 1;

    public int Count => _stacks.Count;

    /// <summary>What a table of stacks says of them, by index.</summary>
    public StackNotes Notes { get; } = new();

    /// <param name="block">Kept until <see cref="Clear"/>.</param>
    public void Add(byte[] block, int bytes)
    {
        BlockCursor cursor = new(block.AsSpan(0, bytes), 0);
        int firstId = cursor.ReadInt32();
        int count = cursor.ReadInt32();
        if (_stacks.Count == 0)
            _firstId = firstId;
        else if (firstId != _firstId + _stacks.Count)
            throw new RecordingDamagedException("stacks are not numbered in order");
        for (; count > 0; count--)
        {
            int stackBytes = cursor.ReadInt32();
            int offset = cursor.Position;
            cursor.Skip(stackBytes);
            _stacks.Add(new StackBytes(block, offset, stackBytes));
        }
    }

    /// <summary>Which of them has the id; −1 for an id of no stack that is known.</summary>
    public int IndexOf(int id)
    {
        int index = id - _firstId;
        return id > 0 && (uint)index < (uint)_stacks.Count ? index : -1;
    }

    public ReadOnlySpan<byte> this[int index] => _stacks[index].Span;

    public void Clear()
    {
        _stacks.Clear();
        Notes.Clear();
    }
}
