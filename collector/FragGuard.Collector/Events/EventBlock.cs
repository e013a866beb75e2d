namespace FragGuard.Collector.Events;

/// <summary>One block of events whose bytes are still needed.</summary>
/// <param name="isCompressed">Whether the header of an event leaves out what it shares with the one before.</param>
internal sealed class EventBlock(byte[] buffer, int bytes, bool isCompressed)
{
    public byte[] Buffer => buffer;

    /// <summary>Length of the block; the buffer may be longer.</summary>
    public int Bytes => bytes;

    public bool IsCompressed => isCompressed;

    /// <summary>Runs in it that wait, and the scan of it while that goes on.</summary>
    public int Readers { get; set; } = 1;
}
