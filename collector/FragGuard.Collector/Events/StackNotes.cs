using System;

namespace FragGuard.Collector.Events;

/// <summary>
/// Which numbers a table gave to the stacks that events may refer to until the next sequence point: most stacks come again and
/// again, and need not be compared each time.
/// </summary>
internal sealed class StackNotes
{
    private const int None = 0;

    private int[] _numbers = [];
    private object? _table;

    /// <summary>0 where the table has noted nothing.</summary>
    /// <param name="index">Of a stack; below 0 for none.</param>
    public int Of(object table, int index) =>
        (uint)index < (uint)_numbers.Length && ReferenceEquals(table, _table) ? _numbers[index] : None;

    public void Note(object table, int index, int number)
    {
        if (!ReferenceEquals(table, _table))
        {
            Clear();
            _table = table;
        }

        if (index >= _numbers.Length)
            Array.Resize(ref _numbers, Math.Max(256, 2 * index));
        _numbers[index] = number;
    }

    public void Clear() => Array.Clear(_numbers);
}
