using System;
using System.Buffers.Binary;

namespace FragGuard.Inspection.Procfs;

/// <summary>What the first bytes of a program file say of its machine (elf(5)).</summary>
/// <param name="Is64Bit">ELFCLASS64.</param>
/// <param name="IsLittleEndian">ELFDATA2LSB.</param>
/// <param name="Machine">e_machine: 62 is x86-64, 183 AArch64.</param>
internal readonly record struct ElfIdentity(bool Is64Bit, bool IsLittleEndian, ushort Machine)
{
    public const int Length = 20;
    public const ushort X64 = 62;
    public const ushort Arm64 = 183;

    private const int ClassAt = 4;
    private const int DataAt = 5;
    private const int MachineAt = 18;

    /// <summary>Null when the bytes are none of an ELF file.</summary>
    public static ElfIdentity? From(ReadOnlySpan<byte> head)
    {
        if (head.Length < Length || !head.StartsWith("\u007fELF"u8))
            return null;
        bool isLittleEndian = head[DataAt] == 1;
        ushort machine = isLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(head[MachineAt..])
            : BinaryPrimitives.ReadUInt16BigEndian(head[MachineAt..]);
        return new ElfIdentity(head[ClassAt] == 2, isLittleEndian, machine);
    }

    public string Name => Machine switch
    {
        X64 when Is64Bit => "x86-64",
        X64 => "x32",
        Arm64 => "AArch64",
        3 => "32-bit x86",
        40 => "32-bit Arm",
        243 => "RISC-V",
        22 => "s390",
        21 => "64-bit PowerPC",
        _ => $"machine {Machine}",
    };
}
