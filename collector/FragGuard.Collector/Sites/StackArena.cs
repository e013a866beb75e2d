using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Sites;

/// <summary>Addresses of numbered stacks, packed into large arrays; number 0 is the empty stack.</summary>
internal sealed class StackArena
{
    private const int ChunkAddresses = 1 << 15;

    private readonly List<ulong[]> _chunks = [];
    private readonly List<Entry> _entries = [default];
    private int _used = ChunkAddresses;

    /// <summary>Stacks, the empty one included.</summary>
    public int Count => _entries.Count;

    /// <summary>Addresses in all stacks together.</summary>
    public long Addresses { get; private set; }

    public ReadOnlySpan<ulong> this[int number]
    {
        get
        {
            Entry entry = _entries[number];
            return entry.Length == 0 ? [] : _chunks[entry.Chunk].AsSpan(entry.Start, entry.Length);
        }
    }

    public uint HashOf(int number) => _entries[number].Hash;

    /// <param name="stack">Shorter than 32,768 addresses.</param>
    public int Add(ReadOnlySpan<ulong> stack, uint hash)
    {
        if (_used + stack.Length > ChunkAddresses)
        {
            _chunks.Add(new ulong[ChunkAddresses]);
            _used = 0;
        }

        stack.CopyTo(_chunks[^1].AsSpan(_used));
        _entries.Add(new Entry(_chunks.Count - 1, (ushort)_used, (ushort)stack.Length, hash));
        _used += stack.Length;
        Addresses += stack.Length;
        return _entries.Count - 1;
    }

    private readonly record struct Entry(int Chunk, ushort Start, ushort Length, uint Hash);
}
