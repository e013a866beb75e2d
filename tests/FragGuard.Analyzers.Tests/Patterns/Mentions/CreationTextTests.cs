using FragGuard.Analyzers.Patterns.Mentions;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class CreationTextTests
{
    [Theory]
    [InlineData("[] { 1, 2 };")]
    [InlineData(" byte[5]")]
    [InlineData(" byte [5]")]
    [InlineData("\r\n    int?[n]")]
    [InlineData(" int*[n]")]
    [InlineData(" A.B.C[n]")]
    [InlineData(" global::A.@int[n]")]
    [InlineData(" Dictionary<int, (string, long[])>[n]")]
    [InlineData(" delegate*<int, void>[n]")]
    [InlineData(" List<List<int>>.Enumerator[n]")]
    public void Array_IsOne(string rest) => Assert.Equal(Mentioned.NewArray, CreationText.Of(rest));

    [Theory]
    [InlineData(" List<int>(5)")]
    [InlineData(" System.Collections.Generic.List<(int, string)> (\n n)")]
    [InlineData(" MemoryStream(n)")]
    [InlineData(" StringBuilder(n)")]
    [InlineData(" string('x', n)")]
    [InlineData(" String('x', n)")]
    public void SizedThing_IsOne(string rest) => Assert.Equal(Mentioned.NewSized, CreationText.Of(rest));

    [Theory]
    [InlineData(" List<int>()")]
    [InlineData(" Dictionary<int, int>( )")]
    [InlineData(" Queue<int>()")]
    [InlineData(" Stack<int>()")]
    [InlineData(" ArrayBufferWriter<byte>()")]
    [InlineData(" MemoryStream()")]
    [InlineData("()")]
    [InlineData(" ( )")]
    public void GrowingThing_IsOne(string rest) => Assert.Equal(Mentioned.NewGrowable, CreationText.Of(rest));

    [Theory]
    [InlineData(" Foo(5)")]
    [InlineData(" Foo()")]
    [InlineData(" Foo<List<int>>(5)")]
    [InlineData(" List<int> { 5 }")]
    [InlineData(" { A = 5 }")]
    [InlineData(" void Foo(int a)")]
    [InlineData(" int this[int i] => 5;")]
    [InlineData(" static int s;")]
    public void OtherThing_IsNone(string rest) => Assert.Equal(Mentioned.None, CreationText.Of(rest));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" byte")]
    [InlineData(" /* of bytes */ byte[5]")]
    [InlineData(" byte/* five */[5]")]
    [InlineData("\n#if DEBUG\n byte[5]")]
    [InlineData(" List</*>()*/int>(5)")]
    [InlineData(" List<int>(/* n */ 5)")]
    [InlineData(" L\\u0069st<int>(5)")]
    [InlineData(" Dictionary<int, ")]
    public void Doubt_IsAny(string rest) => Assert.Equal(Mentioned.Creations, CreationText.Of(rest));

    [Theory]
    [InlineData("(n)")]
    [InlineData("(int, int)[5]")]
    public void TargetOrTuple_CanBeSizedOrAnArray(string rest) =>
        Assert.Equal(Mentioned.NewArray | Mentioned.NewSized, CreationText.Of(rest));
}
