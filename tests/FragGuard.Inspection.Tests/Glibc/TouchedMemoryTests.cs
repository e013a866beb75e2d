using System;
using System.Collections.Generic;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class TouchedMemoryTests
{
    private const ulong Start = 0x5500_0000_0000;
    private const int PageBytes = 4096;

    [Fact]
    public void PagesThatAreNowhere_AreZerosAndNotAskedFor()
    {
        Ones ones = new();
        TouchedMemory memory = new(ones, Residence, PageBytes);
        byte[] bytes = new byte[4 * PageBytes];
        Array.Fill(bytes, (byte)0xaa);

        Assert.Equal(bytes.Length, memory.Read(Start + 8, bytes));

        Assert.Equal([(Start + 8, PageBytes - 8), (Start + (2 * PageBytes), (2 * PageBytes) + 8)], ones.Asked);
        Assert.All(bytes[..(PageBytes - 8)], static one => Assert.Equal(0xff, one));
        Assert.All(bytes[(PageBytes - 8)..((2 * PageBytes) - 8)], static one => Assert.Equal(0, one));
        Assert.All(bytes[((2 * PageBytes) - 8)..], static one => Assert.Equal(0xff, one));
    }

    [Fact]
    public void AddressesBeyondTheEnd_AreNotRead() =>
        Assert.Equal(0, new TouchedMemory(new Ones(), Residence, PageBytes).Read(ulong.MaxValue - 3, new byte[8]));

    /// <summary>In memory, nowhere, in swap, and then the kernel does not say.</summary>
    private static PageResidence[] Residence(ulong start, ulong end) =>
        [PageResidence.Resident, PageResidence.Absent, PageResidence.Swapped, PageResidence.Unknown, PageResidence.Unknown];

    private sealed class Ones : IMemorySource
    {
        public List<(ulong Address, int Bytes)> Asked { get; } = [];

        public int Read(ulong address, Span<byte> into)
        {
            Asked.Add((address, into.Length));
            into.Fill(0xff);
            return into.Length;
        }
    }
}
