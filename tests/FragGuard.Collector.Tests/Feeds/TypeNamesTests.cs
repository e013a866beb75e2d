using System;
using System.IO;
using System.Text;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Feeds;

public sealed class TypeNamesTests
{
    [Fact]
    public void OneNumberForOneName_IsOneSource()
    {
        TypeNames types = new(new AllocationSources());

        int first = Read(types, 7, "System.String", stack: 1);

        Assert.Equal(first, Read(types, 7, "System.String", stack: 1));
        Assert.Equal(first, Read(types, 8, "System.String", stack: 1));
    }

    [Theory]
    [InlineData("System.Strings", 1)]
    [InlineData("System.Str", 1)]
    [InlineData("", 1)]
    [InlineData("System.String", 2)]
    [InlineData("System.String[]", 1)]
    [InlineData("System.Byte[][]", 1)]
    [InlineData("[]", 1)]
    public void OneNumberForAnotherName_OrFromAnotherStack_IsAnotherSource(string name, int stack)
    {
        TypeNames types = new(new AllocationSources());

        int first = Read(types, 7, "System.String", stack: 1);

        Assert.NotEqual(first, Read(types, 7, name, stack));
        Assert.Equal(first, Read(types, 7, "System.String", stack: 1));
    }

    [Fact]
    public void TypesBeyondTheBound_AreReadAllTheSame()
    {
        TypeNames types = new(new AllocationSources());
        for (int number = 0; number <= 1 << 16; number++)
            Read(types, number, "System.Byte[]", stack: 1);

        Read(types, 1 << 17, "System.Byte[]", stack: 1);
        Read(types, 1 << 17, "System.Byte", stack: 1);
    }

    [Fact]
    public void NameWithoutAnEnd_ReadsToTheEnd()
    {
        TypeNames types = new(new AllocationSources());
        int whole = Read(types, 7, "System.String", stack: 1);
        Payload cut = new(Bytes(7, "System.String", 0).AsSpan()[..^(sizeof(long) + sizeof(char))], sizeof(long));

        Assert.Equal(whole, types.ReadSource(ref cut, 1, out _));
        Assert.Equal(0, cut.RestBytes);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(24 + (8 << 10))]
    [InlineData(int.MaxValue)]
    public void WeightOfASize_IsTheSameWhateverCameBefore(long bytes)
    {
        SampleWeights weights = new();
        double first = weights.Of(bytes);

        Assert.Equal(AllocationSample.EstimateOf(24 + (16 << 10)), weights.Of(24 + (16 << 10)));
        Assert.Equal(0, weights.Of(0));
        Assert.Equal(AllocationSample.EstimateOf(bytes), first);
        Assert.Equal(first, weights.Of(bytes));
    }

    private static int Read(TypeNames types, long number, string name, int stack)
    {
        Payload fields = new(Bytes(number, name, 99), sizeof(long));
        int source = types.ReadSource(ref fields, stack, out string? element);
        Assert.Equal(99, fields.ReadInt64());
        Assert.Equal(name.EndsWith("[]", StringComparison.Ordinal) && name.Length > 2 ? name[..^2] : null, element);
        return source;
    }

    private static byte[] Bytes(long number, string name, long next)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(number);
        writer.Write(Encoding.Unicode.GetBytes(name + '\0'));
        writer.Write(next);
        return bytes.ToArray();
    }
}
