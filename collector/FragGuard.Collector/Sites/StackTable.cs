using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Sites;

/// <summary>Each distinct call stack once, by number.</summary>
internal sealed class StackTable
{
    /// <summary>The number of the empty stack.</summary>
    public const int Empty = 0;

    private const int MaxStacks = 1 << 20;

    private readonly List<ulong[]> _stacks = [[]];
    private readonly Dictionary<ulong, List<int>> _byHash = [];

    /// <summary>The stack's number; that of the empty stack once a million different ones were seen.</summary>
    public int Intern(ReadOnlySpan<ulong> stack)
    {
        if (stack.IsEmpty)
            return Empty;

        ulong hash = Hash(stack);
        if (!_byHash.TryGetValue(hash, out List<int>? numbers))
            _byHash[hash] = numbers = new List<int>(1);
        foreach (int number in numbers)
        {
            if (stack.SequenceEqual(_stacks[number]))
                return number;
        }

        if (_stacks.Count >= MaxStacks)
            return Empty;

        _stacks.Add(stack.ToArray());
        numbers.Add(_stacks.Count - 1);
        return _stacks.Count - 1;
    }

    public ReadOnlySpan<ulong> this[int number] => _stacks[number];

    private static ulong Hash(ReadOnlySpan<ulong> stack)
    {
        ulong hash = 14695981039346656037;
        foreach (ulong address in stack)
            hash = (hash ^ address) * 1099511628211;
        return hash;
    }
}
