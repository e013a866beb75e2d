using FragGuard.Analyzers.Patterns.Mentions;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class AliasTextTests
{
    [Theory]
    [InlineData(" L = System.Int64;")]
    [InlineData("\r\n  L\r\n = System.Int64;")]
    [InlineData(" @L=System.Int64;")]
    [InlineData(" unsafe L = int*;")]
    [InlineData(" L /* long */ = System.Int64;")]
    [InlineData(" // long\n L = System.Int64;")]
    [InlineData("\n#if LONG\n L = System.Int64;")]
    [InlineData(" L\\u0069 = System.Int64;")]
    [InlineData(" L")]
    [InlineData("")]
    public void Alias_IsSeen(string rest) => Assert.True(AliasText.IsAlias(rest));

    [Theory]
    [InlineData(" System;")]
    [InlineData(" System.IO;")]
    [InlineData(" global::System.IO;")]
    [InlineData(" static System.Math;")]
    [InlineData(" (Stream s = Open())")]
    [InlineData(" var s = Open();")]
    [InlineData(" unsafe System.IO;")]
    public void OtherUsing_IsNone(string rest) => Assert.False(AliasText.IsAlias(rest));

    [Theory]
    [InlineData(" using L = System.Int64;", true)]
    [InlineData(" /* all */ using System;", true)]
    [InlineData("::System", false)]
    [InlineData("", false)]
    public void GlobalUsing_IsSeen(string rest, bool expected) => Assert.Equal(expected, AliasText.IsUsing(rest));
}
