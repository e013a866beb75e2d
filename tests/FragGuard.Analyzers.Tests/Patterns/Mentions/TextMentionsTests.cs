using System;
using System.Linq;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class TextMentionsTests
{
    [Theory]
    [InlineData("p.Rent(5)")]
    [InlineData("Rent")]
    [InlineData("@Rent()")]
    [InlineData("// Rent")]
    public void Word_IsFound(string text) => Assert.Equal(Mentioned.Rent, Of(text).All);

    [Theory]
    [InlineData("")]
    [InlineData("Rented")]
    [InlineData("_Rent")]
    [InlineData("reRent")]
    [InlineData("Rent1")]
    [InlineData("Rentä")]
    [InlineData("äRent")]
    [InlineData("rent")]
    public void OtherWord_IsNotFound(string text) => Assert.Equal(Mentioned.None, Of(text).All);

    [Fact]
    public void WordAtAnyDistanceFromTheStart_IsFoundWhereItIs()
    {
        for (int before = 8_150; before < 8_230; before++)
        {
            TextMentions mentions = Of(new string(' ', before) + "Rent;" + new string('x', 9_000));
            Assert.Equal([before], mentions.Places(Mentioned.Rent));
            Assert.True(mentions.Any(new TextSpan(before, 1), Mentioned.Rent));
            Assert.False(mentions.Any(new TextSpan(before + 1, 20), Mentioned.Rent));
            Assert.False(mentions.Any(new TextSpan(0, before), Mentioned.Rent));
        }
    }

    [Fact]
    public void EveryWatchedWord_HasAMeaning()
    {
        Assert.All(WatchedWords.Vocabulary.Words, word => Assert.NotEqual(Mentioned.None, Of(word).All));
        Assert.Equal(WatchedWords.Vocabulary.Words.Distinct(StringComparer.Ordinal), WatchedWords.Vocabulary.Words, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("global using L = System.Int64;", true)]
    [InlineData("global\r\n  using System;", true)]
    [InlineData("global /* here */ using System;", true)]
    [InlineData("global::System.Int32 x;", false)]
    [InlineData("// a global variable", false)]
    [InlineData("using System; // global", false)]
    public void GlobalUsing_IsToldFromTheOtherMeaning(string text, bool expected)
    {
        Assert.Equal(Mentioned.Global, Of(text).All & Mentioned.Global);
        Assert.Equal(expected, Of(text).HasGlobalUsing);
    }

    [Fact]
    public void LongAndForeignWords_AreFound()
    {
        string word = "Ä" + new string('b', 99);
        Vocabulary vocabulary = new([(word, Mentioned.Get)]);
        Assert.Equal(Mentioned.Get, TextMentions.Of(SourceText.From("x " + word + " y"), vocabulary).All);
        Assert.Equal(Mentioned.None, TextMentions.Of(SourceText.From("x " + word + "b"), vocabulary).All);
    }

    private static TextMentions Of(string text) => TextMentions.Of(SourceText.From(text), WatchedWords.Vocabulary);
}
