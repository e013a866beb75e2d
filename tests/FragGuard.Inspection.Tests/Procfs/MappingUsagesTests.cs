using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Procfs;

public sealed class MappingUsagesTests
{
    private const string Two =
        """
        1000-5000 rw-p 00000000 00:00 0                          [heap]
        Size:                 16 kB
        Rss:                  12 kB
        Pss:                   7 kB
        Private_Clean:         4 kB
        Private_Dirty:         8 kB
        Anonymous:             8 kB
        LazyFree:              4 kB
        AnonHugePages:         0 kB
        Swap:                  4 kB
        VmFlags: rd wr mr mw me ac
        7000-8000 r--s 00000000 00:01 12                         /dev/zero (deleted)
        Rss:                   0 kB
        Shared_Hugetlb:     2048 kB
        Private_Hugetlb:    2048 kB
        """;

    [Fact]
    public void Amounts_BelongToTheMappingAboveThem()
    {
        IReadOnlyList<MappingUsage> usages = Parse(Two);

        Assert.Equal(2, usages.Count);
        Assert.Equal(
            new MappingUsage(usages[0].Mapping, 12 << 10)
            {
                ProportionalBytes = 7 << 10, PrivateBytes = 12 << 10, AnonymousBytes = 8 << 10, LazyFreeBytes = 4 << 10, SwappedBytes = 4 << 10,
            },
            usages[0]);
        Assert.Equal("[heap]", usages[0].Mapping.Path);
        Assert.Equal((0L, 4L << 20), (usages[1].ResidentBytes, usages[1].HugeTlbBytes));
    }

    [Theory]
    [InlineData("Rss: 4 kB\n")]
    [InlineData("1000-2000 rw-p 0 0:0 0\nRss: -4 kB\nRss: 99999999999999999999 kB\nRss: 9223372036854775807 kB\nRss 4 kB\nRss:\n:\nRss: 4\n")]
    public void LinesOfAnotherForm_CountNothing(string text) =>
        Assert.Equal(0, Parse(text).Sum(static one => one.ResidentBytes));

    [Theory]
    [InlineData('\r')]
    [InlineData('\f')]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public void NameThatLooksLikeMoreLines_IsOne(char end)
    {
        string forged = Two.Replace("[heap]", $"/memfd:x{end}Rss: 4000 kB{end}1000000-9000000 rw-p 00000000 00:00 0{end}Rss: 9000 kB", StringComparison.Ordinal);

        Assert.Equal([12 << 10, 0], Parse(forged).Select(static one => one.ResidentBytes));
        Assert.Equal(3, Parse(forged.Replace(end, '\n')).Count);
    }

    [Fact]
    public void LineLongerThanABuffer_IsOne()
    {
        string name = "/" + new string('x', 100_000);

        Assert.Equal(name, Parse(Two.Replace("[heap]", name, StringComparison.Ordinal))[0].Mapping.Path);
    }

    [Fact]
    public void SumOfTheLargestAmounts_IsNotNegative()
    {
        const string Largest = "8796093022208 kB\n";
        string text = "1000-2000 rw-p 0 0:0 0\n" + string.Concat(Enumerable.Repeat($"Private_Dirty: {Largest}Private_Hugetlb: {Largest}", 2000));

        MappingUsage usage = Assert.Single(Parse(text));

        Assert.Equal((1L << 53, 1L << 53), (usage.PrivateBytes, usage.HugeTlbBytes));
    }

    [Fact]
    public void AnyText_GivesAmountsThatAreNotNegative()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        Random random = new(seed);
        for (int i = 0; i < 2000; i++)
        {
            StringBuilder text = new(Two);
            for (int j = random.Next(1, 20); j > 0; j--)
                text[random.Next(text.Length)] = (char)random.Next(1, 128);
            Assert.All(Parse(text.ToString()), one => Assert.True(
                one is { ResidentBytes: >= 0, PrivateBytes: >= 0, SwappedBytes: >= 0, HugeTlbBytes: >= 0 },
                string.Create(CultureInfo.InvariantCulture, $"seed {seed}")));
        }
    }

    private static IReadOnlyList<MappingUsage> Parse(string text)
    {
        using StringReader reader = new(text);
        return MappingUsages.Parse(reader);
    }
}
