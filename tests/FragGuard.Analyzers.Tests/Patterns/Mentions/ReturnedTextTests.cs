using FragGuard.Analyzers.Patterns.Mentions;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class ReturnedTextTests
{
    [Theory]
    [InlineData("int P =>")]
    [InlineData("int Pool => ")]
    [InlineData("get { return ")]
    [InlineData("get { return(")]
    [InlineData("get { return ((")]
    [InlineData("=> (ArrayPool<byte>)")]
    [InlineData("=> checked(")]
    [InlineData("=> unchecked( ")]
    public void MadeToBeReturned_MayBe(string before) => Assert.True(ReturnedText.MayReturn(before));

    [Theory]
    [InlineData("var made = ")]
    [InlineData("Use(first, ")]
    [InlineData("Use(second: ")]
    [InlineData("kept.Add(")]
    [InlineData("kept ?? ")]
    [InlineData("a.Length > ")]
    [InlineData("int[] a = { ")]
    [InlineData("; throw ")]
    [InlineData("protected ")]
    [InlineData("string s = \"@")]
    public void MadeForAnythingElse_IsNot(string before) => Assert.False(ReturnedText.MayReturn(before));

    [Theory]
    [InlineData("")]
    [InlineData("       ")]
    [InlineData("eturn ((((")]
    [InlineData("return // a pool\n    ")]
    [InlineData("return // a pool\r    ")]
    [InlineData("return /* a pool */ ")]
    public void Doubt_MayBe(string before) => Assert.True(ReturnedText.MayReturn(before));
}
