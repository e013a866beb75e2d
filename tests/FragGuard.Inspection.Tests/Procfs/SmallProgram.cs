using System;
using System.Buffers.Binary;
using System.ComponentModel;

namespace FragGuard.Inspection.Tests.Procfs;

/// <summary>A 32-bit x86 program, written byte by byte (elf(5)): it waits for a signal, for ever.</summary>
internal static class SmallProgram
{
    private const uint Base = 0x08048000;
    private const int HeaderBytes = 52;
    private const int SegmentBytes = 32;

    public static byte[] Bytes
    {
        get
        {
            // mov eax, 29 (pause); int 0x80; jmp to the start
            byte[] code = [0xb8, 29, 0, 0, 0, 0xcd, 0x80, 0xeb, 0xf7];
            byte[] file = new byte[HeaderBytes + SegmentBytes + code.Length];
            "\u007fELF\u0001\u0001\u0001"u8.CopyTo(file);
            Half(file, 16, 2);
            Half(file, 18, 3);
            Word(file, 20, 1);
            Word(file, 24, Base + HeaderBytes + SegmentBytes);
            Word(file, 28, HeaderBytes);
            Half(file, 40, HeaderBytes);
            Half(file, 42, SegmentBytes);
            Half(file, 44, 1);
            Word(file, HeaderBytes, 1);
            Word(file, HeaderBytes + 8, Base);
            Word(file, HeaderBytes + 12, Base);
            Word(file, HeaderBytes + 16, (uint)file.Length);
            Word(file, HeaderBytes + 20, (uint)file.Length);
            Word(file, HeaderBytes + 24, 5);
            Word(file, HeaderBytes + 28, 0x1000);
            code.CopyTo(file, HeaderBytes + SegmentBytes);
            return file;
        }
    }

    /// <summary>Null where the kernel does not run such programs.</summary>
    public static ChildProgram? TryStart(string path)
    {
        try
        {
            return ChildProgram.Start(path, []);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Half(byte[] file, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

    private static void Word(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
}
