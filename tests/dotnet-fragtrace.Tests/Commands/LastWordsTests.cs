using FragGuard.FragTrace.Commands;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class LastWordsTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("\n\r\n", null)]
    [InlineData("first\nlast\n\n", "last")]
    [InlineData("Unhandled exception. X: boom\r\n   at A.B()\r\n   at C.D()\r\n", "Unhandled exception. X: boom")]
    public void LastLineThatIsNoStackFrame_IsTaken(string output, string? words) => Assert.Equal(words, LastWords.Of(output));

    [Fact]
    public void LongLine_IsCut() => Assert.Equal(201, LastWords.Of(new string('x', 1_000))!.Length);
}
