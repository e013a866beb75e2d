using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.CommandLine;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, 100 % – naïve 日本 😀", "plain text, 100 % – naïve 日本 😀")]
    [InlineData("a\u001b[31mb", "a�[31mb")]
    [InlineData("a\r\nb", "a��b")]
    [InlineData("a\u202eb", "a�b")]
    [InlineData("a\u2028b", "a�b")]
    [InlineData("a\U000E0001b", "a�b")]
    [InlineData("\U000E0001\u001b\U000E007F", "���")]
    [InlineData("a\U00020000b", "a\U00020000b")]
    public void OnlyWhatIsNoCharacter_IsReplaced(string text, string shown) => Assert.Equal(shown, Printable.Line(text));

    [Theory]
    [InlineData('\ud83d')]
    [InlineData('\ude00')]
    public void HalfACharacter_IsReplaced(char half) => Assert.Equal("a�b", Printable.Line($"a{half}b"));
}
