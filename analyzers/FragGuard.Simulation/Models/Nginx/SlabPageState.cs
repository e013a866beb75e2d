using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>What one page of a recorded zone, or a run or block of pages, serves.</summary>
public sealed class SlabPageState
{
    private SlabPageState(int pages, bool isFree, int shift, IReadOnlyList<ulong> map)
    {
        Pages = pages;
        IsFree = isFree;
        Shift = shift;
        Map = map;
    }

    /// <summary>Pages it covers.</summary>
    public int Pages { get; }

    public bool IsFree { get; }

    /// <summary>Base-2 logarithm of the slot size; 0 when the page is not cut.</summary>
    public int Shift { get; }

    /// <summary>Slots in use, one bit each, those that hold the bitmap included; empty when the page is not cut.</summary>
    public IReadOnlyList<ulong> Map { get; }

    public static SlabPageState Free(int pages) => new(pages, isFree: true, 0, Array.Empty<ulong>());

    public static SlabPageState Block(int pages) => new(pages, isFree: false, 0, Array.Empty<ulong>());

    public static SlabPageState Cut(int shift, IReadOnlyList<ulong> map) => new(1, isFree: false, shift, map);
}
