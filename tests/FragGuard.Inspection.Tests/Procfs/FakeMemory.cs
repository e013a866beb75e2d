using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Procfs;

/// <summary>Pages made by a test; all others are absent.</summary>
internal sealed class FakeMemory : IMemorySource
{
    private readonly Dictionary<ulong, byte[]> _pages = [];

    public static ulong PageBytes => ResidentPages.PageBytes;

    public FakeMemory Touch(ulong address)
    {
        _ = PageOf(address);
        return this;
    }

    public FakeMemory Write(ulong address, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(PageOf(address).AsSpan((int)(address % PageBytes)), value);
        return this;
    }

    public int Read(ulong address, Span<byte> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            ulong at = address + (ulong)i;
            if (!_pages.TryGetValue(at / PageBytes, out byte[]? page))
                return i;
            into[i] = page[at % PageBytes];
        }

        return into.Length;
    }

    public IReadOnlyList<PageResidence> ResidenceOf(ulong start, ulong end)
    {
        List<PageResidence> residence = [];
        for (ulong page = start / PageBytes; page * PageBytes < end; page++)
            residence.Add(_pages.ContainsKey(page) ? PageResidence.Resident : PageResidence.Absent);
        return residence;
    }

    private byte[] PageOf(ulong address)
    {
        if (!_pages.TryGetValue(address / PageBytes, out byte[]? page))
            _pages[address / PageBytes] = page = new byte[PageBytes];
        return page;
    }
}
