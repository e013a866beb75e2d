using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Tests.Patterns.Mentions;

/// <summary>The scan of a text against one that is as simple as it can be.</summary>
public class TextScanTests(ITestOutputHelper output)
{
    private static readonly Regex Identifier = new("[A-Za-z0-9_\u0080-\uffff]+", RegexOptions.None, TimeSpan.FromSeconds(10));

    [Fact]
    public void RandomTexts_MentionWhatANaiveScanFinds()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        string[] words = [.. WatchedWords.Vocabulary.Words];
        string[] between = [" ", "\r\n", ".", "<", "(", "_", "x", "9", "ä", "\0", "@", "\U0001F600", new string(' ', 777), new string('y', 3_000)];
        for (int i = 0; i < 300; i++)
        {
            StringBuilder text = new();
            for (int parts = random.Next(400); parts > 0; parts--)
                text.Append(random.Next(2) == 0 ? words[random.Next(words.Length)] : between[random.Next(between.Length)]);
            AssertSame(text.ToString());
        }
    }

    /// <summary>A long text is read in pieces, and a word may be the first one of a piece.</summary>
    [Theory]
    [InlineData("var made = new C();")]
    [InlineData("return new C();")]
    [InlineData("=> (A)new C();")]
    public void LongText_MentionsTheSameWhereverTheWordsStand(string words)
    {
        for (int before = 7_500; before < 8_300; before++)
            AssertSame(new string(';', before) + words + new string(';', 1_000));
    }

    [Fact]
    public void OwnSources_MentionWhatANaiveScanFinds()
    {
        foreach (string file in RepositoryFiles.CSharpIn("analyzers"))
            AssertSame(File.ReadAllText(file));
    }

    /// <summary>What the scan tells from the text around a word has tests of its own.</summary>
    private static Mentioned MeaningOf(Match word, string text)
    {
        Mentioned meaning = WatchedWords.Vocabulary.MeaningOf(word.Value);
        int end = word.Index + word.Length;
        ReadOnlySpan<char> before = (new string(' ', TextScan.BeforeWord) + text).AsSpan(word.Index, TextScan.BeforeWord);
        ReadOnlySpan<char> rest = text.AsSpan(end, Math.Min(TextScan.BehindWord, text.Length - end));
        return word.Value switch
        {
            "new" => CreationText.Of(rest) | (ReturnedText.MayReturn(before) ? Mentioned.ReturnedNew : Mentioned.None),
            "static" => StaticText.MayStoreGrowable(rest) ? meaning : Mentioned.None,
            "using" => AliasText.IsAlias(rest) ? meaning : Mentioned.None,
            "Dictionary" or "ConcurrentDictionary" => DictionaryText.MayDeclareCache(rest) ? meaning : meaning & ~Mentioned.CacheType,
            _ => meaning,
        };
    }

    private static void AssertSame(string text)
    {
        TextMentions mentions = TextMentions.Of(SourceText.From(text), WatchedWords.Vocabulary);
        HashSet<string> known = new(WatchedWords.Vocabulary.Words, StringComparer.Ordinal);
        (int Start, Mentioned Meaning)[] expected =
        [
            .. Identifier.Matches(text).Where(match => known.Contains(match.Value))
                .Select(match => (match.Index, MeaningOf(match, text)))
                .Where(word => word.Item2 != Mentioned.None),
        ];
        Assert.Equal(expected.Select(word => word.Start), mentions.Places(~Mentioned.None));
        Assert.Equal(expected.Aggregate(Mentioned.None, (all, word) => all | word.Meaning), mentions.All);
        foreach (Mentioned one in Enum.GetValues<Mentioned>().Where(one => one != Mentioned.None))
            Assert.Equal(expected.Where(word => (word.Meaning & one) != Mentioned.None).Select(word => word.Start), mentions.Places(one));
    }
}
