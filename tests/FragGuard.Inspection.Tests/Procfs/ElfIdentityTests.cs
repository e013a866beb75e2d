using System;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Procfs;

public sealed class ElfIdentityTests
{
    [Theory]
    [InlineData(2, 1, 62, "x86-64")]
    [InlineData(1, 1, 62, "x32")]
    [InlineData(2, 1, 183, "AArch64")]
    [InlineData(1, 1, 3, "32-bit x86")]
    [InlineData(1, 1, 40, "32-bit Arm")]
    [InlineData(2, 2, 22, "s390")]
    [InlineData(2, 1, 4711, "machine 4711")]
    public void Head_NamesTheMachine(byte width, byte order, ushort machine, string name)
    {
        ElfIdentity elf = ElfIdentity.From(Head(width, order, machine))!.Value;

        Assert.Equal((width == 2, order == 1, machine, name), (elf.Is64Bit, elf.IsLittleEndian, elf.Machine, elf.Name));
    }

    [Fact]
    public void OtherBytes_AreNoProgram()
    {
        Assert.Null(ElfIdentity.From("#!/bin/sh\necho hello\n\n"u8));
        Assert.Null(ElfIdentity.From(Head(2, 1, 62).AsSpan(0, ElfIdentity.Length - 1)));
        Assert.Null(ElfIdentity.From([]));
    }

    private static byte[] Head(byte width, byte order, ushort machine)
    {
        byte[] head = new byte[ElfIdentity.Length];
        "\u007fELF"u8.CopyTo(head);
        head[4] = width;
        head[5] = order;
        head[order == 1 ? 18 : 19] = (byte)machine;
        head[order == 1 ? 19 : 18] = (byte)(machine >> 8);
        return head;
    }
}
