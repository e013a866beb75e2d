namespace FragGuard.Collector.Pools;

/// <summary>A sampled allocation of an array.</summary>
/// <param name="ElementType">Full name of its element type, of a nested one only the last part.</param>
/// <param name="ObjectBytes">Bytes of the object, header included.</param>
/// <param name="PointerBytes">Bytes of a pointer in the recorded process.</param>
internal readonly record struct ArrayBirth(string ElementType, long ObjectBytes, int PointerBytes)
{
    private const int LargestUnknownElement = 1024;
    private const int LargeObjectBytes = 85_000;
    private const int LargeObjectGap = 32;

    /// <summary>Bytes of one element if the array has that length; null when it cannot have.</summary>
    public int? ElementBytesAt(int length)
    {
        // Object header, method table and length, each padded to a pointer; the end is padded, too. Of a large object the
        // runtime counts the gap before it (measured with .NET 10: 8 or 32 bytes).
        long elements = ObjectBytes - (3 * PointerBytes);
        if (length <= 0 || elements < length || elements / length > LargestUnknownElement)
            return null;

        int bytes = (int)(elements / length);
        int slack = PointerBytes + (ObjectBytes >= LargeObjectBytes ? LargeObjectGap : 0);
        if (elements - ((long)bytes * length) >= slack)
            return null;

        return ElementSizes.Of(ElementType, PointerBytes) is { } known && known != bytes ? null : bytes;
    }
}
