using System;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class HeapMemoryTests
{
    private const ulong Start = 0x5500_0000_0000;
    private const ulong PageBytes = 4096;

    /// <summary>The room of a window held other bytes before.</summary>
    [Fact]
    public void WordOfAPageThatIsNotInMemory_IsZero()
    {
        byte[] window = Filled();
        HeapMemory heap = new(
            new Ones(int.MaxValue), window, Start, [PageResidence.Resident, PageResidence.Absent, PageResidence.Swapped], PageBytes);

        Assert.Equal(ulong.MaxValue, heap.Word(Start));
        Assert.Equal(0UL, heap.Word(Start + PageBytes));
        Assert.Equal(0UL, heap.Word(Start + (2 * PageBytes) - 8));
        Assert.Equal(ulong.MaxValue, heap.Word(Start + (2 * PageBytes)));
        Assert.Equal(0UL, heap.Word(Start + (3 * PageBytes)));
        Assert.Equal(0UL, heap.Word(Start - 8));
    }

    [Fact]
    public void WordThatCouldNotBeRead_IsZero()
    {
        HeapMemory heap = new(new Ones(100), Filled(), Start, [PageResidence.Resident, PageResidence.Resident], PageBytes);

        Assert.Equal(ulong.MaxValue, heap.Word(Start + 88));
        Assert.Equal(0UL, heap.Word(Start + 104));
        Assert.Equal(0UL, heap.Word(Start + PageBytes));
    }

    private static byte[] Filled()
    {
        byte[] window = new byte[HeapMemory.WindowBytes];
        Array.Fill(window, (byte)0xaa);
        return window;
    }

    /// <summary>Memory that is nothing but ones, of which so many bytes can be read at once.</summary>
    private sealed class Ones(int most) : IMemorySource
    {
        public int Read(ulong address, Span<byte> into)
        {
            int length = Math.Min(into.Length, most);
            into[..length].Fill(0xff);
            return length;
        }
    }
}
