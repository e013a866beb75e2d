using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Sites;

/// <summary>Maps as the JIT of .NET 10 makes them, and the calls in the code they are of.</summary>
public sealed class CodeMapTests
{
    private const int Unknown = -1;
    private const int Prologue = -2;
    private const int Epilogue = -3;

    [Theory]
    [InlineData(21, 0)]
    [InlineData(33, 0)]
    [InlineData(51, 21)]
    public void Call_BelongsToTheNearestEntryBeforeIt(int call, int ilOffset)
    {
        CodeMap map = new([Prologue, 0, 21, Epilogue], [0, 14, 37, 82]);

        Assert.Equal(ilOffset, map.IlOffsetOfCallAt(call));
    }

    [Fact]
    public void OnlyStatementOfOptimizedCode_HasNoEntry_AndIsFirst() =>
        Assert.Equal(0, new CodeMap([Prologue, Epilogue], [0, 21]).IlOffsetOfCallAt(20));

    [Fact]
    public void CodeThatWasMovedToTheEnd_BelongsToNoIl() =>
        Assert.True(new CodeMap([Prologue, 0, Epilogue, Unknown], [0, 1, 30, 32]).IlOffsetOfCallAt(40) < 0);

    [Fact]
    public void OfEntriesForOnePlace_ThatWithIlCounts() =>
        Assert.Equal(21, new CodeMap([Prologue, 0, 17, 21, Epilogue], [0, 9, 11, 43, 43]).IlOffsetOfCallAt(43));
}
