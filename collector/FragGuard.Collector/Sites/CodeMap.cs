namespace FragGuard.Collector.Sites;

/// <summary>
/// IL offsets of one method's machine code, as pairs. A negative IL offset marks a prologue, an epilogue or code that
/// belongs to no known IL, such as the inlined callee that an optimizing JIT moved to the end of the method.
/// </summary>
internal sealed class CodeMap(int[] ilOffsets, int[] nativeOffsets)
{
    /// <summary>Memory it takes, without what every map takes.</summary>
    public int Bytes => sizeof(int) * (ilOffsets.Length + nativeOffsets.Length);

    /// <summary>IL offset of the code at <paramref name="nativeOffset"/>; negative when none is known.</summary>
    public int IlOffsetAt(int nativeOffset)
    {
        int found = -1;
        int at = -1;
        for (int i = 0; i < nativeOffsets.Length; i++)
        {
            // Of several entries for one place those with IL win, the last of them.
            bool isNearer = nativeOffsets[i] <= nativeOffset
                && (nativeOffsets[i] > at || (nativeOffsets[i] == at && ilOffsets[i] >= 0));
            if (!isNearer)
                continue;

            at = nativeOffsets[i];
            found = ilOffsets[i];
        }

        return found;
    }
}
