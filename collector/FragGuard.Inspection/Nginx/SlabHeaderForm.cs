using System.Collections.Generic;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Where the fields of a slab pool's header are, in bytes from its start, on a 64-bit machine (<c>ngx_slab.h</c> and
/// <c>ngx_shmtx.h</c> of nginx/nginx): with POSIX semaphores the lock has a counter of waiters and the mutex 48 bytes more;
/// up to 1.11.6 there are neither statistics nor a count of free pages.
/// </summary>
/// <param name="HasSemaphore">Built with POSIX semaphores, the default on Linux.</param>
/// <param name="HasStatistics">nginx 1.11.7 or later.</param>
internal sealed record SlabHeaderForm(bool HasSemaphore, bool HasStatistics)
{
    /// <summary>Bytes of a list head and of a page descriptor: slab, next, prev.</summary>
    public const int DescriptorBytes = 24;

    /// <summary>Longest header of all forms.</summary>
    public const int MostBytes = 200;

    private const int StatisticsRecordBytes = 32;

    /// <summary>All forms, the usual one first.</summary>
    public static IReadOnlyList<SlabHeaderForm> All { get; } =
    [
        new(HasSemaphore: true, HasStatistics: true),
        new(HasSemaphore: false, HasStatistics: true),
        new(HasSemaphore: true, HasStatistics: false),
        new(HasSemaphore: false, HasStatistics: false),
    ];

    public int MinSize => HasSemaphore ? 16 : 8;

    public int MinShift => MinSize + 8;

    public int Pages => MinSize + 16;

    public int Last => MinSize + 24;

    /// <summary>Head of the list of free runs.</summary>
    public int Free => MinSize + 32;

    /// <summary>Address of the statistics; only where there are some.</summary>
    public int Statistics => Free + DescriptorBytes;

    /// <summary>Number of free pages; only where there are statistics.</summary>
    public int FreePages => Statistics + 8;

    public int Start => Free + DescriptorBytes + (HasStatistics ? 16 : 0);

    public int End => Start + 8;

    public int LogContext => End + 8 + (HasSemaphore ? 64 : 16);

    /// <summary>A byte that is 0: the empty text that <see cref="LogContext"/> points at when nobody set it.</summary>
    public int Zero => LogContext + 8;

    public int Data => LogContext + 16;

    public int Address => LogContext + 24;

    /// <summary>Length of the header; the list heads follow.</summary>
    public int Bytes => LogContext + 32;

    /// <summary>Bytes of one size class's statistics; 0 where there are none.</summary>
    public int StatisticsBytes => HasStatistics ? StatisticsRecordBytes : 0;
}
