namespace FragGuard.Collector.Events;

/// <summary>
/// The blocks whose events wait. Each goes back as soon as its last event is handed out, so that the next block is read into
/// a buffer that the processor still has at hand.
/// </summary>
internal sealed class EventBlocks(BlockStore store)
{
    /// <summary>Memory they take.</summary>
    public long Bytes { get; private set; }

    /// <returns>The block, with the caller as its first reader.</returns>
    public EventBlock Enter(byte[] buffer, int bytes, bool isCompressed)
    {
        Bytes += buffer.Length;
        return new EventBlock(buffer, bytes, isCompressed);
    }

    /// <summary>One reader less.</summary>
    public void Leave(EventBlock block)
    {
        if (--block.Readers > 0)
            return;

        Bytes -= block.Buffer.Length;
        store.Return(block.Buffer);
    }
}
