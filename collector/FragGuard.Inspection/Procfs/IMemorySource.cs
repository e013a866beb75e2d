using System;

namespace FragGuard.Inspection.Procfs;

/// <summary>Bytes of an address space, read only; by several threads at once where a reader has them.</summary>
public interface IMemorySource
{
    /// <summary>
    /// Reads from <paramref name="address"/> on; returns how many bytes could be read, from the first one on: fewer than
    /// asked, down to 0, where the space has an unreadable page. Bytes behind the returned count are unspecified.
    /// </summary>
    /// <exception cref="InspectionException">The process ended.</exception>
    int Read(ulong address, Span<byte> into);
}
