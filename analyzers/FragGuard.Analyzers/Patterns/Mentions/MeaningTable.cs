using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>The different meanings of the words of one text: a few of several dozen.</summary>
internal sealed class MeaningTable
{
    private readonly Mentioned[] _meanings = new Mentioned[byte.MaxValue + 1];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>The place of the meaning; the first time, a new one. There are fewer meanings than places.</summary>
    public byte IndexOf(Mentioned meaning)
    {
        for (int index = 0; index < _count; index++)
        {
            if (_meanings[index] == meaning)
                return (byte)index;
        }

        _meanings[_count] = meaning;
        return (byte)_count++;
    }

    public Mentioned[] ToArray() => _meanings.AsSpan(0, _count).ToArray();
}
