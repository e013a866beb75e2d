using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// Stacks of threads that the main thread's is not one of. glibc puts its thread control block at the upper end of a
/// stack; on x86-64 its first and its third word point to itself (psABI, thread-local storage, variant II).
/// </summary>
internal static class ThreadStacks
{
    private const string ByControlBlock = "a thread control block at its end";
    private const string ByPointer = "a thread's stack pointer, above a guard";
    private const ulong MostAbovePointer = 16 << 20;

    /// <summary>Of all stacks together: used pages are few, and hostile ones may be all that a process has.</summary>
    private const int MostPages = 1 << 20;

    private const ulong BlockAlignment = 64;
    private const int SecondSelf = 16;

    public static IReadOnlyList<MemoryClaim> Find(AddressSpace space, IReadOnlyList<ulong> stackPointers)
    {
        ClaimMap found = new();
        List<MemoryClaim> claims = [];
        int pagesLeft = MostPages;
        void Add(MemoryClaim? claim)
        {
            if (claim is null || found.Holds(claim.Start))
                return;
            found.Add(claim);
            claims.Add(claim);
        }

        foreach (ulong pointer in stackPointers)
            Add(OfPointer(space, pointer, found, ref pagesLeft));
        for (int i = 1; i < space.Mappings.Count; i++)
        {
            if (IsGuarded(space, i))
                Add(OfForm(space, space.Mappings[i], ref pagesLeft));
        }

        return claims;
    }

    // Threads made without a library may share one mapping; the first of them told what it is.
    private static MemoryClaim? OfPointer(AddressSpace space, ulong pointer, ClaimMap found, ref int pagesLeft)
    {
        int index = space.IndexOf(pointer);
        if (index < 0 || !IsGuarded(space, index) || found.Holds(space.Mappings[index].Start))
            return null;

        MemoryMapping mapping = space.Mappings[index];
        ulong end = mapping.End - pointer > MostAbovePointer ? pointer + MostAbovePointer : mapping.End;
        return ControlBlock(space, pointer, end, ref pagesLeft) is { } block
            ? new MemoryClaim(mapping.Start, PageAfter(block), PartKind.ThreadStacks, Certainty.Certain, ByControlBlock)
            : new MemoryClaim(mapping.Start, mapping.End, PartKind.ThreadStacks, Certainty.Likely, ByPointer);
    }

    // Of a thread that runs, and of a stack that glibc keeps for the next thread.
    private static MemoryClaim? OfForm(AddressSpace space, MemoryMapping mapping, ref int pagesLeft) =>
        ControlBlock(space, mapping.End - ResidentPages.PageBytes, mapping.End, ref pagesLeft) is null
            ? null
            : new MemoryClaim(mapping.Start, mapping.End, PartKind.ThreadStacks, Certainty.Certain, ByControlBlock);

    /// <summary>The first thread control block in [start, end); null when there is none.</summary>
    private static ulong? ControlBlock(AddressSpace space, ulong start, ulong end, ref int pagesLeft)
    {
        byte[] page = new byte[ResidentPages.PageBytes];
        foreach (ulong at in space.ResidentPagesOf(start / ResidentPages.PageBytes * ResidentPages.PageBytes, end))
        {
            if (pagesLeft == 0)
                return null;
            pagesLeft--;
            if (space.Memory.Read(at, page) != page.Length)
                continue;
            for (int i = 0; i + SecondSelf + sizeof(ulong) <= page.Length; i += (int)BlockAlignment)
            {
                ulong self = at + (ulong)i;
                if (self >= start
                    && BinaryPrimitives.ReadUInt64LittleEndian(page.AsSpan(i)) == self
                    && BinaryPrimitives.ReadUInt64LittleEndian(page.AsSpan(i + SecondSelf)) == self)
                {
                    return self;
                }
            }
        }

        return null;
    }

    // The control block is smaller than a page and ends where the stack's mapping does, but for its alignment.
    private static ulong PageAfter(ulong block) => (block / ResidentPages.PageBytes + 1) * ResidentPages.PageBytes;

    private static bool IsGuarded(AddressSpace space, int index) => index > 0 && AddressSpace.IsPlain(space.Mappings[index])
        && AddressSpace.IsReserve(space.Mappings[index - 1]) && space.Mappings[index - 1].End == space.Mappings[index].Start;
}
