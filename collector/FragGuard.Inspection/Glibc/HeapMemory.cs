using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// A window over one heap that moves forward with who reads it. Pages that are neither in memory nor in swap
/// hold zeros and are not asked for, as of <see cref="TouchedMemory"/>.
/// </summary>
/// <param name="memory">The process.</param>
/// <param name="window">Room for the window, <see cref="WindowBytes"/> long.</param>
/// <param name="start">Address of the first page.</param>
/// <param name="pages">Where the heap's pages are.</param>
/// <param name="pageBytes">Bytes of an OS page.</param>
internal sealed class HeapMemory(
    IMemorySource memory, byte[] window, ulong start, IReadOnlyList<PageResidence> pages, ulong pageBytes)
{
    public const int WindowBytes = 256 << 10;

    private ulong _windowStart;
    private int _windowLength;

    /// <summary>Offsets below this one have a whole word.</summary>
    private ulong _words;

    /// <summary>Address of the first page.</summary>
    public ulong Start => start;

    /// <summary>The same heap with a window of its own: nothing of it is read yet.</summary>
    public HeapMemory With(byte[] otherWindow) => new(memory, otherWindow, start, pages, pageBytes);

    /// <summary>Moves the window to a page and gives its words, all of them read now.</summary>
    /// <param name="page">Address of the page.</param>
    public ReadOnlySpan<ulong> Read(ulong page)
    {
        Move(page);
        return MemoryMarshal.Cast<byte, ulong>(window.AsSpan(0, _windowLength));
    }

    /// <summary>The words from an address on that are in the window now; none when it is not.</summary>
    /// <param name="address">A multiple of 8.</param>
    public ReadOnlySpan<ulong> WordsFrom(ulong address)
    {
        ulong at = address - _windowStart;
        return at >= _words ? [] : MemoryMarshal.Cast<byte, ulong>(window.AsSpan((int)at, _windowLength - (int)at));
    }

    /// <summary>The word at an address that is a multiple of 8; 0 where nothing is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(ulong address)
    {
        ulong at = address - _windowStart;
        if (at >= _words)
        {
            Move(address);
            at = address - _windowStart;
        }

        return at >= _words ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(window.AsSpan((int)at));
    }

    private void Move(ulong address)
    {
        _windowStart = address / pageBytes * pageBytes;
        ulong end = start + ((ulong)pages.Count * pageBytes);
        _windowLength = _windowStart >= end || _windowStart < start ? 0 : (int)Math.Min((ulong)WindowBytes, end - _windowStart);
        _words = (ulong)Math.Max(0, _windowLength - 7);
        int page = (int)((_windowStart - start) / pageBytes);
        TouchedMemory.Fill(memory, _windowStart, window.AsSpan(0, _windowLength), pages, page, pageBytes);
    }
}
