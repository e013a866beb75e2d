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
    [InlineData("App.Order", "get_Price", "App.Order.Price.get")]
    [InlineData("App.Order", "set_Price", "App.Order.Price.set")]
    [InlineData("App.Order", "get_", "App.Order.get_")]
    [InlineData("App.Order", "getPrice", "App.Order.getPrice")]
    [InlineData("App.Order", "add_Sold", "App.Order.Sold.add")]
    [InlineData("App.Order", "<Clone>$", "App.Order.with")]
    [InlineData("App.Order", "op_Addition", "App.Order.operator +")]
    [InlineData("App.Order", "System.IDisposable.Dispose", "App.Order.IDisposable.Dispose")]
    [InlineData("App.Order", "System.Collections.Generic.ICollection<System.Int32>.get_Count", "App.Order.ICollection.Count.get")]
    [InlineData("App.Order+<System-Collections-Generic-IEnumerable<System-Byte[]>-GetEnumerator>d__3", "MoveNext", "App.Order.IEnumerable.GetEnumerator")]
    [InlineData("App.Outer`1+Inner`2[System.String,System.Int32,App.Outer+Other]", "Run", "App.Outer.Inner.Run")]
    [InlineData("App.Box`1[App.Shop+<Items>d__1]", "Get", "App.Box.Get")]
    [InlineData("App.<Shop>F0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF__Cart", "Fill", "App.Cart.Fill")]
    [InlineData("App.Shop", "<<Buy>b__0_0>g__Check|1", "App.Shop.Buy lambda.Check")]
    [InlineData("App.Shop", "<.ctor>b__0_0", "App.Shop.constructor lambda")]
    [InlineData("Program", "<<Main>$>g__Fill|0_0", "Program.Main.Fill")]
    [InlineData("App.Shop+<<BuyAsync>g__Check|1_0>d", "MoveNext", "App.Shop.BuyAsync.Check")]
    [InlineData("App.Shop+<ItemsAsync>d__1", "System.Collections.Generic.IAsyncEnumerator<System.Object>.MoveNextAsync", "App.Shop.IAsyncEnumerator.MoveNextAsync")]
    [InlineData("App.Loop", "MoveNext", "App.Loop.MoveNext")]
    public void CompilerNames_ReadLikeTheSource(string type, string method, string expected) =>
        Assert.Equal(expected, ReadableName.Of(type, method));
}
