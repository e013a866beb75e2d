using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>The addresses of a stack, as wide as those of a 64-bit process.</summary>
internal sealed class StackWords
{
    private const int MaxFrames = 1024;

    private ulong[] _wide = [];

    /// <summary>Valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<ulong> Of(ReadOnlySpan<byte> stack, int pointerBytes)
    {
        if (pointerBytes == sizeof(ulong))
            return MemoryMarshal.Cast<byte, ulong>(stack);

        int frames = Math.Min(MaxFrames, stack.Length / sizeof(uint));
        if (_wide.Length < frames)
            _wide = new ulong[MaxFrames];
        for (int i = 0; i < frames; i++)
            _wide[i] = BinaryPrimitives.ReadUInt32LittleEndian(stack[(i * sizeof(uint))..]);
        return _wide.AsSpan(0, frames);
    }
}
