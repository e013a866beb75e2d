using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>One operation as driver.c reads it; the slot is the block's id.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct GlibcOperation(
    GlibcOperationKind Kind, byte AlignmentShift, ushort Thread, uint Slot, ulong Bytes);

/// <summary>The numbers driver.c gives its operations.</summary>
internal enum GlibcOperationKind : byte
{
    Allocate,
    AllocateZeroed,
    Reallocate,
    AllocateAligned,
    Free,
    Trim,

    /// <summary>Asks for mallinfo2.</summary>
    Info,

    /// <summary>Asks for the resident pages.</summary>
    Resident,
}
