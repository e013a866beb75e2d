using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace FragGuard.Collector.Tests.Events;

/// <summary>A recording of format version 6, or with a later version in its header (NetTraceFormat.md of microsoft/perfview).</summary>
internal sealed class BlockRecordingBytes
{
    private const int TraceKind = 1;
    private const int EventKind = 2;
    private const int MetadataKind = 3;
    private const int StackKind = 5;
    private const int ThreadKind = 6;

    private readonly List<byte> _bytes = [];

    public BlockRecordingBytes(int majorVersion = 6)
    {
        _bytes.AddRange("Nettrace"u8);
        _bytes.AddRange(Bytes(writer =>
        {
            writer.Write(0);
            writer.Write(majorVersion);
            writer.Write(0);
        }));
        Block(TraceKind, writer =>
        {
            RecordingBytes.WriteTrace(writer, pointerBytes: 8);
            writer.Write(2);
            writer.Write("ProcessId");
            writer.Write("4321");
            writer.Write("HardwareThreadCount");
            writer.Write("12");
        });
    }

    /// <summary>A whole recording of process 4321 with two events: start and end of a GC of generation 2.</summary>
    public static byte[] WithOneGc()
    {
        const string runtime = "Microsoft-Windows-DotNETRuntime";
        byte[] start = [.. Numbers(1, 2, 0, 0), 0, 0];
        byte[] end = [.. Numbers(1, 2), 0, 0];
        return new BlockRecordingBytes().Thread(5, 4321, 777).Kind(1, runtime, 1, version: 2).Kind(3, runtime, 2, version: 1)
            .Event(1, 5, 1, 1000, 0, start).Event(3, 5, 2, 2000, 0, end).End();
    }

    /// <summary>A thread by the index that events name it by.</summary>
    public BlockRecordingBytes Thread(int index, int processId, int threadId) => Block(ThreadKind, writer =>
        WriteRow(writer, row =>
        {
            row.Write7BitEncodedInt(index);
            row.Write((byte)2);
            row.Write7BitEncodedInt(processId);
            row.Write((byte)3);
            row.Write7BitEncodedInt(threadId);
        }));

    public BlockRecordingBytes Kind(int number, string provider, int id, int version) => Block(MetadataKind, writer =>
    {
        writer.Write((short)0);
        WriteRow(writer, row =>
        {
            row.Write7BitEncodedInt(number);
            row.Write(provider);
            row.Write7BitEncodedInt(id);
            row.Write("");
            row.Write((short)0);
            row.Write((short)2);
            row.Write((byte)9);
            row.Write((byte)version);
        });
    });

    public BlockRecordingBytes Stack(int id, params ulong[] addresses) => Block(StackKind, writer =>
    {
        writer.Write(id);
        writer.Write(1);
        writer.Write(sizeof(ulong) * addresses.Length);
        foreach (ulong address in addresses)
            writer.Write(address);
    });

    /// <param name="threadIndex">As given to <see cref="Thread"/>.</param>
    public BlockRecordingBytes Event(int kind, int threadIndex, int number, long ticks, int stack, byte[] payload) =>
        Block(EventKind, writer =>
        {
            writer.Write((short)20);
            writer.Write((short)0);
            writer.Write(0L);
            writer.Write(0L);
            writer.Write(48 + payload.Length);
            writer.Write(kind | int.MinValue);
            writer.Write(number);
            writer.Write((long)threadIndex);
            writer.Write((long)threadIndex);
            writer.Write(0);
            writer.Write(stack);
            writer.Write(RecordingBytes.StartTicks + ticks);
            writer.Write(0);
            writer.Write(payload.Length);
            writer.Write(payload);
        });

    public byte[] End() => [.. _bytes, 0, 0, 0, 0];

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using MemoryStream content = new();
        using BinaryWriter writer = new(content, Encoding.UTF8);
        write(writer);
        return content.ToArray();
    }

    private static void WriteRow(BinaryWriter writer, Action<BinaryWriter> write)
    {
        byte[] row = Bytes(write);
        writer.Write((short)row.Length);
        writer.Write(row);
    }

    private BlockRecordingBytes Block(int kind, Action<BinaryWriter> write)
    {
        byte[] content = Bytes(write);
        _bytes.AddRange(BitConverter.GetBytes((kind << 24) | content.Length));
        _bytes.AddRange(content);
        return this;
    }

    private static IEnumerable<byte> Numbers(params int[] numbers) => numbers.SelectMany(BitConverter.GetBytes);
}
