using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>Heaps of chunks that a test makes and links. It can be changed, and counts what is read.</summary>
internal sealed class MemoryOfHeaps : IMemorySource
{
    private const ulong PageBytes = 4096;
    private const ulong Gap = 16 * PageBytes;

    private readonly List<(ulong Start, byte[] Bytes, PageResidence[] Pages)> _heaps = [];
    private int _reads;
    private int _readsOfAbsentPages;

    /// <param name="bytes">Of each heap: a multiple of a page.</param>
    public MemoryOfHeaps(params ReadOnlySpan<int> bytes)
    {
        ulong start = 0x5500_0000_0000;
        foreach (int each in bytes)
        {
            var pages = new PageResidence[each / (int)PageBytes];
            Array.Fill(pages, PageResidence.Resident);
            _heaps.Add((start, new byte[each], pages));
            start += (ulong)each + Gap;
        }
    }

    /// <summary>How often something was read.</summary>
    public int Reads => _reads;

    /// <summary>Pages that were read although they are not in memory.</summary>
    public int ReadsOfAbsentPages => _readsOfAbsentPages;

    /// <summary>Is told the address of every read before it is answered.</summary>
    public Action<ulong>? BeforeRead { get; set; }

    public HeapIndex Index()
    {
        byte[] window = new byte[HeapMemory.WindowBytes];
        return new HeapIndex(_heaps.Select(heap => new HeapInMemory(
            new HeapRegion(heap.Start, heap.Start, heap.Start + (ulong)heap.Bytes.Length, IsMain: true),
            new HeapMemory(this, window, heap.Start, heap.Pages, PageBytes))));
    }

    /// <summary>First address of a heap.</summary>
    public ulong StartOf(int heap) => _heaps[heap].Start;

    public ulong EndOf(int heap) => _heaps[heap].Start + (ulong)_heaps[heap].Bytes.Length;

    /// <summary>Takes a page out of memory.</summary>
    public void Drop(int heap, int page) => _heaps[heap].Pages[page] = PageResidence.Absent;

    /// <summary>Whether the whole of a chunk of 32 bytes is in memory.</summary>
    public bool IsThere(ulong chunk)
    {
        (ulong start, _, PageResidence[] pages) = _heaps.First(heap => chunk >= heap.Start && chunk < heap.Start + (ulong)heap.Bytes.Length);
        return pages[(chunk - start) / PageBytes] != PageResidence.Absent && pages[(chunk + 31 - start) / PageBytes] != PageResidence.Absent;
    }

    public int Read(ulong address, Span<byte> into)
    {
        Interlocked.Increment(ref _reads);
        BeforeRead?.Invoke(address);
        foreach ((ulong start, byte[] bytes, PageResidence[] pages) in _heaps)
        {
            if (address < start || address >= start + (ulong)bytes.Length)
                continue;
            int at = (int)(address - start);
            int length = Math.Min(into.Length, bytes.Length - at);
            for (int page = at / (int)PageBytes; page <= (at + length - 1) / (int)PageBytes; page++)
            {
                if (pages[page] == PageResidence.Absent)
                    Interlocked.Increment(ref _readsOfAbsentPages);
            }

            bytes.AsSpan(at, length).CopyTo(into);
            return length;
        }

        return 0;
    }

    public ulong this[ulong address]
    {
        set
        {
            (ulong start, byte[] bytes, _) = _heaps.First(heap => address >= heap.Start && address < heap.Start + (ulong)heap.Bytes.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan((int)(address - start)), value);
        }
    }

    /// <summary>Sets a chunk's link.</summary>
    public void Link(ulong chunk, ulong next, bool isMangled) =>
        this[chunk + 16] = isMangled ? next ^ ((chunk + 16) >> 12) : next;

    /// <summary>Links chunks one to the next, and the last one to nothing.</summary>
    /// <param name="isOfBlocks">Links lead to the program's bytes.</param>
    public void LinkAll(ReadOnlySpan<ulong> chunks, bool isMangled, bool isOfBlocks = false)
    {
        for (int i = 0; i < chunks.Length; i++)
            Link(chunks[i], i + 1 == chunks.Length ? 0 : chunks[i + 1] + (isOfBlocks ? 16UL : 0), isMangled);
    }
}
