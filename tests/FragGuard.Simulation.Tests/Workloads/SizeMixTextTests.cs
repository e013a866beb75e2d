using System.Collections.Generic;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads;

public sealed class SizeMixTextTests
{
    [Fact]
    public void WrittenParts_ReadBackEqual()
    {
        SizeMixPart[] parts = [new(200, 4_000), new(90_000, 1_000_000, 1 / 3.0)];

        Assert.True(SizeMixText.TryRead(SizeMixText.Write(parts), out IReadOnlyList<SizeMixPart> read));
        Assert.Equal(parts, read);
    }

    [Fact]
    public void Text_IsCompact() =>
        Assert.Equal("200-4000*1;90000-90000*0.5", SizeMixText.Write([new(200, 4_000), new(90_000, 90_000, 0.5)]));

    [Theory]
    [InlineData("")]
    [InlineData("1-2")]
    [InlineData("2-1*1")]
    [InlineData("1*1-2")]
    [InlineData("1-2*0")]
    [InlineData("1-2*NaN")]
    [InlineData("1-2*1;")]
    [InlineData("1,5-2*1")]
    [InlineData("-1-2*1")]
    public void OtherText_IsRefused(string text) => Assert.False(SizeMixText.TryRead(text, out _));
}
