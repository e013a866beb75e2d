using FragGuard.Analyzers.Patterns.Mentions;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class DictionaryTextTests
{
    [Theory]
    [InlineData("<string, byte[]> s_pages = new();")]
    [InlineData("<string, byte[]>? s_pages;")]
    [InlineData("<string, byte[][]> s_pages;")]
    [InlineData(" < string ,\n byte [ ] >\n s_pages = new();")]
    [InlineData("<(int, string), List<int>> s_cache;")]
    [InlineData("<string, string> s_pageCache = new(StringComparer.Ordinal);")]
    [InlineData("<string, string> s_a, s_CACHE;")]
    [InlineData("<string, string> s_a = new(), cached = new();")]
    public void CacheField_MayBeOne(string rest) => Assert.True(DictionaryText.MayDeclareCache(rest));

    [Theory]
    [InlineData("<string, string> s_names = new();")]
    [InlineData("<string, string> NameOf(string key) { return null; }")]
    [InlineData("<string, byte[]>();")]
    [InlineData("<string, byte[]> { [key] = cache };")]
    [InlineData("<string, byte[]>(cache);")]
    [InlineData("<string, byte[]>> s_lazyCache;")]
    [InlineData("<string, byte[]>, int> s_cacheOf;")]
    [InlineData("<string, byte[]>[] s_caches;")]
    [InlineData("<string, byte[]>.Enumerator cache;")]
    [InlineData(" s_cache;")]
    [InlineData(".Cache")]
    [InlineData("")]
    public void OtherText_IsNone(string rest) => Assert.False(DictionaryText.MayDeclareCache(rest));

    [Theory]
    [InlineData("/* of pages */<string, byte[]> s_pages;")]
    [InlineData("<string, /* page */ int> s_numbers;")]
    [InlineData("<string, int> /* by name */ s_numbers;")]
    [InlineData("<string, int>\n#if DEBUG\n s_numbers;")]
    [InlineData("<string, int> @int;")]
    [InlineData("<string, int> \\u0063ache;")]
    [InlineData("<string, int> s_numbers")]
    [InlineData("<string, int>")]
    [InlineData("<string, ")]
    public void WhatIsNotClear_MayBeOne(string rest) => Assert.True(DictionaryText.MayDeclareCache(rest));
}
