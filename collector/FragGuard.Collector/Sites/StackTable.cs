using System;
using System.Runtime.InteropServices;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Sites;

/// <summary>Each distinct call stack once, by number.</summary>
internal sealed class StackTable
{
    /// <summary>The number of the empty stack.</summary>
    public const int Empty = 0;

    /// <summary>Most distinct stacks, and most addresses in them together.</summary>
    public const int MaxStacks = 1 << 18;
    public const int MaxAddresses = 6 << 20;

    // Deeper than the runtime ever takes a stack.
    private const int MaxFrames = 1024;

    private readonly StackArena _stacks = new();
    private readonly int[] _recent = new int[1 << 12];
    private int[] _numbers = new int[1 << 10];

    /// <summary>Events whose stack found no place.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The stack's number; that of the empty stack when it is new and there is no room.</summary>
    public int Intern(ReadOnlySpan<ulong> stack)
    {
        if (stack.IsEmpty)
            return Empty;

        if (stack.Length > MaxFrames)
            stack = stack[..MaxFrames];
        ref int recent = ref _recent[Sample(stack) & (uint)(_recent.Length - 1)];
        if (!stack.SequenceEqual(_stacks[recent]))
            recent = Find(stack);
        return recent;
    }

    /// <summary>The number of the event's stack.</summary>
    public int Intern(in RecordedEvent recorded)
    {
        if (recorded.StackNotes is not { } notes || recorded.Stack.IsEmpty)
            return Intern(recorded.Stack);

        int number = notes.Of(this, recorded.StackIndex);
        if (number == Empty)
            notes.Note(this, recorded.StackIndex, number = Intern(recorded.Stack));
        return number;
    }

    public ReadOnlySpan<ulong> this[int number] => _stacks[number];

    /// <summary>Where a stack is looked for: keyed anew in every process, so that no recording can be made of stacks that share it.</summary>
    internal static uint Hash(ReadOnlySpan<ulong> stack) =>
        (uint)string.GetHashCode(MemoryMarshal.Cast<ulong, char>(stack), StringComparison.Ordinal);

    private int Find(ReadOnlySpan<ulong> stack)
    {
        uint hash = Hash(stack);
        uint mask = (uint)_numbers.Length - 1;
        uint place = hash & mask;
        for (; _numbers[place] != Empty; place = (place + 1) & mask)
        {
            int number = _numbers[place];
            if (_stacks.HashOf(number) == hash && stack.SequenceEqual(_stacks[number]))
                return number;
        }

        if (_stacks.Count >= MaxStacks || _stacks.Addresses + stack.Length > MaxAddresses)
        {
            LeftOut++;
            return Empty;
        }

        int added = _stacks.Add(stack, hash);
        _numbers[place] = added;
        if (2 * added > _numbers.Length)
            Grow();
        return added;
    }

    private void Grow()
    {
        _numbers = new int[2 * _numbers.Length];
        uint mask = (uint)_numbers.Length - 1;
        for (int number = 1; number < _stacks.Count; number++)
        {
            uint place = _stacks.HashOf(number) & mask;
            while (_numbers[place] != Empty)
                place = (place + 1) & mask;
            _numbers[place] = number;
        }
    }

    // A few of the addresses tell most stacks apart; whether it is the same one is decided by all of them.
    private static uint Sample(ReadOnlySpan<ulong> stack)
    {
        ulong mixed = (ulong)stack.Length;
        for (int i = 0; i < 4; i++)
            mixed = Mix(mixed, stack[stack.Length * i / 4]);
        return (uint)(mixed >> 32);
    }

    private static ulong Mix(ulong mixed, ulong address) => (mixed ^ address ^ (mixed >> 29)) * 0x9E3779B97F4A7C15;
}
