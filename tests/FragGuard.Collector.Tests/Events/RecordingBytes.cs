using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace FragGuard.Collector.Tests.Events;

/// <summary>
/// A recording of format version 4, written by hand: what the runtime never writes, or only under luck
/// (NetTraceFormat_v5.md of microsoft/perfview). One tick is a microsecond.
/// </summary>
internal sealed class RecordingBytes
{
    public const string Provider = "Handmade";
    public const long StartTicks = 1_000_000;

    /// <summary>Year, month, weekday, day, hour, minute, second, millisecond.</summary>
    private static readonly ushort[] Start = [2026, 3, 1, 30, 11, 22, 33, 444];

    private readonly List<byte> _bytes = [];

    public RecordingBytes(int pointerBytes = 8, int version = 4, ushort[]? start = null)
    {
        Append(writer =>
        {
            writer.Write("Nettrace"u8);
            WriteText(writer, "!FastSerialization.1");
            WriteBegin(writer, "Trace", version);
            WriteTrace(writer, pointerBytes, start);
            writer.Write(4321);
            writer.Write(12);
            writer.Write(0);
            writer.Write((byte)6);
        });
    }

    /// <summary>Where the next block begins.</summary>
    public int Position => _bytes.Count;

    /// <summary>Start, clock and pointer size, as versions 4 to 6 have them.</summary>
    public static void WriteTrace(BinaryWriter writer, int pointerBytes, ushort[]? start = null)
    {
        foreach (ushort part in start ?? Start)
            writer.Write(part);
        writer.Write(StartTicks);
        writer.Write(1_000_000L);
        writer.Write(pointerBytes);
    }

    public RecordingBytes Kind(int number, int id, string provider = Provider)
    {
        byte[] row = Bytes(writer =>
        {
            writer.Write(number);
            writer.Write(Encoding.Unicode.GetBytes(provider + "\0"));
            writer.Write(id);
            writer.Write((short)0);
            writer.Write(0L);
            writer.Write(3);
            writer.Write(4);
            writer.Write(0);
        });

        return Events("MetadataBlock", isCompressed: false, [new HandmadeEvent(0, 0, 0, 0) { Payload = row }]);
    }

    public RecordingBytes Events(params HandmadeEvent[] events) => Events("EventBlock", isCompressed: true, events);

    public RecordingBytes PlainEvents(params HandmadeEvent[] events) => Events("EventBlock", isCompressed: false, events);

    /// <param name="stacks">The bytes of each, numbered from <paramref name="firstId"/> on.</param>
    public RecordingBytes Stacks(int firstId, params byte[][] stacks) => Block("StackBlock", writer =>
    {
        writer.Write(firstId);
        writer.Write(stacks.Length);
        foreach (byte[] stack in stacks)
        {
            writer.Write(stack.Length);
            writer.Write(stack);
        }
    });

    public RecordingBytes SequencePoint(params (long Thread, int Number)[] threads) => Block("SPBlock", writer =>
    {
        writer.Write(0L);
        writer.Write(threads.Length);
        foreach ((long thread, int number) in threads)
        {
            writer.Write(thread);
            writer.Write(number);
        }
    });

    public RecordingBytes Block(string name, Action<BinaryWriter> write, int version = 2)
    {
        byte[] content = Bytes(write);
        Append(writer =>
        {
            WriteBegin(writer, name, version);
            writer.Write(content.Length);
        });
        while (_bytes.Count % 4 != 0)
            _bytes.Add(0);
        _bytes.AddRange(content);
        _bytes.Add(6);
        return this;
    }

    public MemoryStream End()
    {
        _bytes.Add(1);
        return Cut();
    }

    /// <summary>The bytes so far, without an end mark.</summary>
    public MemoryStream Cut() => new([.. _bytes]);

    private RecordingBytes Events(string block, bool isCompressed, IReadOnlyList<HandmadeEvent> events) =>
        Block(block, writer =>
        {
            writer.Write((short)20);
            writer.Write((short)(isCompressed ? 1 : 0));
            writer.Write(0L);
            writer.Write(0L);
            HandmadeEvent previous = new(0, 0, 0, 0);
            foreach (HandmadeEvent one in events)
            {
                if (isCompressed)
                    one.WriteCompressed(writer, previous);
                else
                    one.WritePlain(writer);
                previous = one;
            }
        });

    private static void WriteBegin(BinaryWriter writer, string name, int version)
    {
        writer.Write((ReadOnlySpan<byte>)[5, 5, 1]);
        writer.Write(version);
        writer.Write(version);
        WriteText(writer, name);
        writer.Write((byte)6);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        writer.Write(Encoding.ASCII.GetBytes(text));
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using MemoryStream content = new();
        using BinaryWriter writer = new(content);
        write(writer);
        return content.ToArray();
    }

    private void Append(Action<BinaryWriter> write) => _bytes.AddRange(Bytes(write));
}
