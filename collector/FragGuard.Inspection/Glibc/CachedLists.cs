using System.Runtime.CompilerServices;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Follows lists of freed chunks that are linked one way. From 2.32 on a pointer to the next one is mangled with its own
/// address; which of both a process does is seen from a list's end.
/// </summary>
/// <param name="memory">Where they are.</param>
/// <param name="heaps">Where they can be in it.</param>
/// <param name="into">Takes the chunks of every list that is not broken.</param>
internal sealed class CachedLists(IMemorySource memory, HeapIndex heaps, CachedChunks into)
{
    /// <summary>Of all lists of one process together; more is taken for damage.</summary>
    public const int Most = 2_000_000;

    private readonly ChunkLinks _links = new(memory, heaps);
    private int _left = Most;

    /// <summary>What all lists so far hold.</summary>
    public CachedChunks Chunks => into;

    /// <summary>Null until a list has told.</summary>
    public bool? IsMangled { get; private set; }

    /// <summary>Lists that do not end, or lead to what is no such chunk: damaged, or changed while they were read.</summary>
    public int BrokenLists { get; private set; }

    /// <summary>Adds the chunks of a list; null when it is broken, else how many it has.</summary>
    /// <param name="first">Address of the first block or chunk, not mangled; 0 when there is none.</param>
    /// <param name="form">What its chunks are like.</param>
    public int? Follow(ulong first, CachedListForm form)
    {
        if (first == 0)
            return 0;
        int before = into.Count;
        for (bool mangled = IsMangled ?? true; ; mangled = false)
        {
            if (TryFollow(first, form, mangled))
            {
                IsMangled = mangled;
                return into.Count - before;
            }

            into.Shorten(before);
            if (IsMangled is not null || !mangled)
                break;
        }

        BrokenLists++;
        return null;
    }

    /// <summary>Before the heads of further lists are read: what was read before they were is not asked for them.</summary>
    public void ForgetLinks() => _links.Forget();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryFollow(ulong first, CachedListForm form, bool mangled)
    {
        _links.Take(mangled);
        // A list that leads back into itself is found by an earlier member that is looked for ever longer (Brent).
        ulong earlier = 0;
        int untilEarlier = 1;
        int count = 0;
        for (ulong at = first; at != 0;)
        {
            if (at == earlier)
                return false;
            if (count == untilEarlier)
            {
                earlier = at;
                untilEarlier *= 2;
            }

            ulong chunk = form.IsOfBlocks ? at - ChunkFormat.HeaderBytes : at;
            if (!MallocState.IsAddress(at) || at % 16 != 0 || count >= form.MostChunks || _left-- <= 0
                || !_links.TryRead(chunk, out ulong size, out ulong next)
                || size > CachedChunk.MostBytes || !form.Takes(size) || !heaps.Holds(chunk, size))
            {
                return false;
            }

            into.Add(new CachedChunk(chunk, size, form.Use));
            count++;
            at = next;
        }

        return true;
    }
}
