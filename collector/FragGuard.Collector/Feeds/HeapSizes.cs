using FragGuard.Collector.Events;

namespace FragGuard.Collector.Feeds;

/// <summary>Sizes of the generations right after a GC, and what it left alive; all heaps of the process together.</summary>
internal readonly record struct HeapSizes(
    long Gen0Bytes, long Gen1Bytes, long Gen2Bytes, long LohBytes, long PohBytes, long PromotedBytes)
{
    /// <summary>Pins the GC found, those of one object counted each.</summary>
    public int Pins { get; init; }

    public long TotalBytes => Gen0Bytes + Gen1Bytes + Gen2Bytes + LohBytes + PohBytes;

    // Size and promoted bytes of generations 0 to 3 alternate; those of the pinned heap were appended later.
    public static HeapSizes Read(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        long gen0 = fields.ReadInt64();
        long promoted = fields.ReadInt64();
        long gen1 = fields.ReadInt64();
        promoted += fields.ReadInt64();
        long gen2 = fields.ReadInt64();
        promoted += fields.ReadInt64();
        long loh = fields.ReadInt64();
        promoted += fields.ReadInt64();
        fields.Skip(2 * sizeof(long));
        int pins = fields.ReadInt32();
        fields.Skip((2 * sizeof(int)) + sizeof(ushort));
        long poh = fields.ReadInt64();
        return new HeapSizes(gen0, gen1, gen2, loh, poh, promoted + fields.ReadInt64()) { Pins = pins };
    }
}
