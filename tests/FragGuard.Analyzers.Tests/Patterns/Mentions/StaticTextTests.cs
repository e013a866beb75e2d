using FragGuard.Analyzers.Patterns.Mentions;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class StaticTextTests
{
    [Theory]
    [InlineData(" StringBuilder s_b;")]
    [InlineData(" StringBuilder? s_b = null;")]
    [InlineData(" List<int> s_a, s_b;")]
    [InlineData(" List<List<int>>? s_b")]
    [InlineData("\r\n    private System.Collections.Generic.Dictionary<int, (string, long[])> @b;")]
    [InlineData(" volatile global::System.IO.MemoryStream s_b;")]
    [InlineData(" internal unsafe new Queue < int > s_b;")]
    [InlineData(" Stack<int> Kept { get; set; }")]
    [InlineData(" HashSet<int>? Kept => field ??= new();")]
    public void FieldThatGrows_MayBeOne(string rest) => Assert.True(StaticText.MayStoreGrowable(rest));

    [Theory]
    [InlineData(" readonly List<int> s_b = new();")]
    [InlineData(" private readonly StringBuilder s_b;")]
    [InlineData(" List<int>[] s_b;")]
    [InlineData(" int s_b;")]
    [InlineData(" Listing<int> s_b;")]
    [InlineData(" List.Entry s_b;")]
    [InlineData(" StringBuilder Make(int n)")]
    [InlineData(" List<T> Make<T>(int n)")]
    [InlineData(" List<int> IMaker.Make(int n)")]
    [InlineData(" class List")]
    [InlineData(" void Clear(List<int> list)")]
    [InlineData(" async Task<List<int>> Make()")]
    [InlineData(" (List<int> A, int B) s_b;")]
    [InlineData(" () => 5")]
    [InlineData(" System.Math;")]
    public void AnythingElse_IsNone(string rest) => Assert.False(StaticText.MayStoreGrowable(rest));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" private")]
    [InlineData(" StringBuilder")]
    [InlineData(" List<int>")]
    [InlineData(" List<int> s_b")]
    [InlineData(" List<in")]
    [InlineData(" System.")]
    [InlineData(" /* kept */ List<int> s_b;")]
    [InlineData("\n#if DEBUG\n List<int> s_b;")]
    [InlineData(" List</* of */int> s_b;")]
    [InlineData(" List<int> /* kept */ s_b;")]
    [InlineData(" L\\u0069st<int> s_b;")]
    [InlineData(" private // kept\n List<int> s_b;")]
    public void Doubt_MayBeOne(string rest) => Assert.True(StaticText.MayStoreGrowable(rest));
}
