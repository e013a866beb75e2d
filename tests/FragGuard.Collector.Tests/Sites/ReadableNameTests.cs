using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Sites;

public sealed class ReadableNameTests
{
    [Theory]
    [InlineData("App.Shop", "Buy", "App.Shop.Buy")]
    [InlineData("App.Shop+<BuyAsync>d__3", "MoveNext", "App.Shop.BuyAsync")]
    [InlineData("App.Shop+<Items>d__3`1", "MoveNext", "App.Shop.Items")]
    [InlineData("App.Shop+<>c", "<Buy>b__1_0", "App.Shop.Buy lambda")]
    [InlineData("App.Shop+<>c__DisplayClass4_0", "<Buy>b__2", "App.Shop.Buy lambda")]
    [InlineData("App.Shop+<>c+<<Buy>b__1_0>d", "MoveNext", "App.Shop.Buy lambda")]
    [InlineData("App.Shop", "<Buy>g__Check|5_0", "App.Shop.Buy.Check")]
    [InlineData("Program", "<Main>$", "Program.Main")]
    [InlineData("Program+<>c", "<<Main>$>b__0_0", "Program.Main lambda")]
    [InlineData("Program+<<Main>$>d__0", "MoveNext", "Program.Main")]
    [InlineData("App.Box`1[System.__Canon]", ".ctor", "App.Box.constructor")]
    [InlineData("App.Outer+Inner", "Run", "App.Outer.Inner.Run")]
    [InlineData("", "Run", "Run")]
    [InlineData("App.Loop", "MoveNext", "App.Loop.MoveNext")]
    public void CompilerNames_ReadLikeTheSource(string type, string method, string expected) =>
        Assert.Equal(expected, ReadableName.Of(type, method));
}
