using System.IO;
using System.Linq;
using System.Text;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

public class KeptTextsTests
{
    [Fact]
    public void SameCharacters_AreReadOnce()
    {
        KeptTexts kept = Kept();
        byte[] bytes = Encoding.UTF8.GetBytes("p.Rent(5);");
        TextMentions first = kept.Of(SourceText.From(new MemoryStream(bytes)));
        Assert.Same(first, kept.Of(SourceText.From(new MemoryStream(bytes))));
        Assert.Same(first, kept.Of(SourceText.From("p.Rent(5);", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))));
        Assert.Equal(Mentioned.Rent, first.All);
    }

    [Fact]
    public void TextsThatDifferOnlyInWhatTheirEncodingLacks_AreTold()
    {
        KeptTexts kept = Kept();
        Assert.Equal(Mentioned.Rent, kept.Of(SourceText.From("Rent?", Encoding.ASCII)).All);
        Assert.Equal(Mentioned.None, kept.Of(SourceText.From("Rent\u00e9", Encoding.ASCII)).All);
    }

    [Fact]
    public void SameBytesOfOtherEncodings_AreTold()
    {
        KeptTexts kept = Kept();
        byte[] bytes = Encoding.Unicode.GetBytes("p.Rent(5);");
        Assert.Equal(Mentioned.Rent, kept.Of(SourceText.From(new MemoryStream(bytes), Encoding.Unicode)).All);
        Assert.Equal(Mentioned.None, kept.Of(SourceText.From(new MemoryStream(bytes), Encoding.BigEndianUnicode)).All);
    }

    [Theory]
    [InlineData("p.Rent(6);")]
    [InlineData("p.Pop(5);")]
    [InlineData("p.Rent(5); ")]
    [InlineData("")]
    public void OtherCharacters_AreReadAnew(string other)
    {
        KeptTexts kept = Kept();
        TextMentions first = kept.Of(SourceText.From("p.Rent(5);"));
        TextMentions second = kept.Of(SourceText.From(other));
        Assert.NotSame(first, second);
        Assert.Equal(TextMentions.Of(SourceText.From(other), WatchedWords.Vocabulary).All, second.All);
    }

    [Fact]
    public void TextNotAskedForAnyMore_IsDropped_AndOneAskedForIsNot()
    {
        KeptTexts kept = Kept(mostMentions: 1_000);
        SourceText idle = SourceText.From("p.Rent(5);");
        SourceText busy = SourceText.From("p.Pop(5);");
        TextMentions ofIdle = kept.Of(idle);
        TextMentions ofBusy = kept.Of(busy);
        for (int i = 0; i < 100; i++)
        {
            kept.Of(SourceText.From($"q.Rent({i});"));
            Assert.Same(ofBusy, kept.Of(busy));
        }

        Assert.NotSame(ofIdle, kept.Of(idle));
    }

    [Fact]
    public void KeptMentions_AreBounded()
    {
        KeptTexts kept = Kept(mostMentions: 5_000);
        string words = string.Concat(Enumerable.Repeat("Rent ", 500));
        for (int i = 0; i < 200; i++)
        {
            kept.Of(SourceText.From(words + i));
            Assert.InRange(kept.Count, 0, 2 * (5_000 + 540));
        }
    }

    private static KeptTexts Kept(int mostMentions = 1 << 20) => new(WatchedWords.Vocabulary, mostMentions);
}
