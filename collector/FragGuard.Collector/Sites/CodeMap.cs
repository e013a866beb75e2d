namespace FragGuard.Collector.Sites;

/// <summary>IL offsets of one method's machine code, as pairs; negative IL offsets mark prologue, epilogue and unmapped code.</summary>
internal sealed class CodeMap(int[] ilOffsets, int[] nativeOffsets)
{
    /// <summary>IL offset of the code at <paramref name="nativeOffset"/>; −1 when none is known.</summary>
    public int IlOffsetAt(int nativeOffset)
    {
        int found = -1;
        int at = -1;
        for (int i = 0; i < nativeOffsets.Length; i++)
        {
            bool isNearer = nativeOffsets[i] <= nativeOffset && nativeOffsets[i] >= at;
            if (!isNearer || ilOffsets[i] < 0)
                continue;

            at = nativeOffsets[i];
            found = ilOffsets[i];
        }

        return found;
    }
}
