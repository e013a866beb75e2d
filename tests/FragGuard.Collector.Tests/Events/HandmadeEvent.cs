using System.IO;

namespace FragGuard.Collector.Tests.Events;

/// <param name="Number">The event's number on its thread.</param>
internal sealed record HandmadeEvent(int Kind, long Thread, int Number, long Ticks)
{
    public bool IsSorted { get; init; }

    public int Stack { get; init; }

    public byte[] Payload { get; init; } = [];

    public void WritePlain(BinaryWriter writer)
    {
        int padding = (4 - (Payload.Length % 4)) % 4;
        writer.Write(76 + Payload.Length + padding);
        writer.Write(IsSorted ? Kind | int.MinValue : Kind);
        writer.Write(Number);
        writer.Write(Thread);
        writer.Write(Thread);
        writer.Write(0);
        writer.Write(Stack);
        writer.Write(RecordingBytes.StartTicks + Ticks);
        writer.Write(new byte[32]);
        writer.Write(Payload.Length);
        writer.Write(Payload);
        writer.Write(new byte[padding]);
    }

    /// <summary>Says only what differs from the event before it.</summary>
    public void WriteCompressed(BinaryWriter writer, HandmadeEvent previous)
    {
        bool isFirst = previous.Kind == 0;
        bool changesThread = isFirst || Thread != previous.Thread || Number != previous.Number + 1;
        bool changesLength = Payload.Length != previous.Payload.Length;
        writer.Write((byte)(
            (Kind != previous.Kind ? 1 : 0) | (changesThread ? 2 | 4 : 0) | (Stack != previous.Stack ? 8 : 0)
            | (IsSorted ? 64 : 0) | (changesLength ? 128 : 0)));
        if (Kind != previous.Kind)
            writer.Write7BitEncodedInt(Kind);
        if (changesThread)
        {
            writer.Write7BitEncodedInt(unchecked(Number - previous.Number - 1));
            writer.Write7BitEncodedInt64(Thread);
            writer.Write7BitEncodedInt(0);
            writer.Write7BitEncodedInt64(Thread);
        }

        if (Stack != previous.Stack)
            writer.Write7BitEncodedInt(Stack);
        writer.Write7BitEncodedInt64(isFirst ? RecordingBytes.StartTicks + Ticks : Ticks - previous.Ticks);
        if (changesLength)
            writer.Write7BitEncodedInt(Payload.Length);
        writer.Write(Payload);
    }
}
