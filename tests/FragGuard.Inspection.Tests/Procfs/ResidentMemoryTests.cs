using System;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Procfs;

public sealed class ResidentMemoryTests
{
    private const ulong Start = 0x10000;

    [Fact]
    public void Reading_StopsAtTheFirstPageThatIsNotThere()
    {
        FakeMemory memory = new FakeMemory().Touch(Start).Touch(Start + FakeMemory.PageBytes).Touch(Start + (3 * FakeMemory.PageBytes));
        ResidentMemory resident = new(new EndlessMemory(), memory.ResidenceOf);
        byte[] bytes = new byte[(int)(5 * FakeMemory.PageBytes)];

        Assert.Equal((int)(2 * FakeMemory.PageBytes), resident.Read(Start, bytes));
        Assert.Equal((int)FakeMemory.PageBytes - 8, resident.Read(Start + FakeMemory.PageBytes + 8, bytes));
        Assert.Equal(0, resident.Read(Start + (2 * FakeMemory.PageBytes), bytes));
        Assert.Equal(16, resident.Read(Start + 8, bytes.AsSpan(0, 16)));
    }

    [Fact]
    public void AddressesBeyondTheEnd_AreNotRead() =>
        Assert.Equal(0, new ResidentMemory(new EndlessMemory(), new FakeMemory().ResidenceOf).Read(ulong.MaxValue - 3, new byte[8]));

    /// <summary>Says of every page that it can be read, as a page that would be brought in for it.</summary>
    private sealed class EndlessMemory : IMemorySource
    {
        public int Read(ulong address, Span<byte> into) => into.Length;
    }
}
