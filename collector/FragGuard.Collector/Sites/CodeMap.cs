namespace FragGuard.Collector.Sites;

/// <summary>
/// IL offsets of one method's machine code, as pairs. A negative IL offset marks a prologue (-2), an epilogue (-3) or code that
/// belongs to no known IL (-1), such as the inlined callee that an optimizing JIT moved to the end of the method.
/// </summary>
internal sealed class CodeMap(int[] ilOffsets, int[] nativeOffsets)
{
    // A prologue calls nothing, so that a call after it is one of the code behind it: the optimizing JIT lists no entry for the
    // first statement where that is all there is.
    private const int Prologue = -2;

    /// <summary>Memory it takes, without what every map takes.</summary>
    public int Bytes => sizeof(int) * (ilOffsets.Length + nativeOffsets.Length);

    /// <summary>IL offset of the call at <paramref name="nativeOffset"/>; negative when none is known.</summary>
    public int IlOffsetOfCallAt(int nativeOffset)
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

        return found == Prologue ? 0 : found;
    }
}
