using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class KeepOneBoundedStreamManagerTests
{
    [Fact]
    public async Task UsedInOneExpression_Reports() => await Reports("""
        Stream M() => [|new RecyclableMemoryStreamManager(1, 2)|].GetStream();
        """);

    [Fact]
    public async Task TakenFromAField_IsSilent() => await Silent("""
        static readonly RecyclableMemoryStreamManager Manager = new(1, 2);
        Stream M() => Manager.GetStream();
        """);

    [Fact]
    public async Task UsedInALocal_Reports() => await Reports("""
        long M(byte[] data)
        {
            var manager = [|new RecyclableMemoryStreamManager(1, 2)|];
            using var stream = manager.GetStream();
            stream.Write(data, 0, data.Length);
            return stream.Length;
        }
        """);

    [Fact]
    public async Task MadeByAGetter_Reports() => await Reports("""
        static RecyclableMemoryStreamManager Manager => [|new(1, 2)|];
        """);

    [Theory]
    [InlineData("new RecyclableMemoryStreamManager()")]
    [InlineData("new RecyclableMemoryStreamManager(128, 1024, 4096)")]
    [InlineData("new RecyclableMemoryStreamManager(0, 0)")]
    [InlineData("new RecyclableMemoryStreamManager { AggressiveBufferReturn = true }")]
    [InlineData("new RecyclableMemoryStreamManager { MaximumFreeSmallPoolBytes = 0 }")]
    [InlineData("new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options())")]
    [InlineData("new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options { BlockSize = 4096 })")]
    [InlineData("new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options(1, 2, 3, 0, 0))")]
    public async Task Unbounded_Reports(string creation) => await Reports($"""
        static readonly RecyclableMemoryStreamManager Manager = [|{creation}|];
        """);

    [Theory]
    [InlineData("new RecyclableMemoryStreamManager(128, 1024, 4096, 1, 2)")]
    [InlineData("new RecyclableMemoryStreamManager(1 << 20, 0)")]
    [InlineData("new RecyclableMemoryStreamManager { MaximumFreeSmallPoolBytes = 1 << 20 }")]
    [InlineData("new RecyclableMemoryStreamManager { MaximumFreeLargePoolBytes = Limit }")]
    [InlineData("new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options { MaximumSmallPoolFreeBytes = 1 })")]
    [InlineData("new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options(1, 2, 3, 4, 5))")]
    [InlineData("new RecyclableMemoryStreamManager(Elsewhere)")]
    [InlineData("new RecyclableMemoryStreamManager(MakeOptions())")]
    [InlineData("Of(null!)")]
    [InlineData("Make()")]
    public async Task Bounded_IsSilent(string creation) => await Silent($"""
        static readonly long Limit = 1 << 20;
        static RecyclableMemoryStreamManager.Options Elsewhere = null!;
        static RecyclableMemoryStreamManager.Options MakeOptions() => null!;
        static RecyclableMemoryStreamManager Make() => null!;
        static RecyclableMemoryStreamManager Of(RecyclableMemoryStreamManager.Options options) => new(options);
        static readonly RecyclableMemoryStreamManager Manager = {creation};
        """);

    [Fact]
    public async Task BoundedAfterwards_IsSilent() => await Silent("""
        static readonly RecyclableMemoryStreamManager Manager = new();
        static C() => Manager.MaximumFreeSmallPoolBytes = 1 << 20;
        """);

    [Fact]
    public async Task SomethingElseSetAfterwards_Reports() => await Reports("""
        static readonly RecyclableMemoryStreamManager Manager = [|new()|];
        static C() => Manager.AggressiveBufferReturn = true;
        """);

    [Fact]
    public async Task BoundOfAnotherManagerOfTheType_IsSilent() => await Silent("""
        static readonly RecyclableMemoryStreamManager A = new();
        static readonly RecyclableMemoryStreamManager B = new();
        static C() => B.MaximumFreeSmallPoolBytes = 1 << 20;
        """);

    [Fact]
    public async Task BoundedByAnotherType_Reports() => await Reports("""
        internal static readonly RecyclableMemoryStreamManager Manager = [|new()|];
        }
        class Startup
        {
            void Run() => C.Manager.MaximumFreeSmallPoolBytes = 1 << 20;
        """);

    [Fact]
    public async Task OptionsInALocal_Reports() => await Reports("""
        RecyclableMemoryStreamManager M()
        {
            var options = new RecyclableMemoryStreamManager.Options { BlockSize = 4096 };
            return [|new RecyclableMemoryStreamManager(options)|];
        }
        """);

    [Fact]
    public async Task OptionsBoundedAfterwards_IsSilent() => await Silent("""
        RecyclableMemoryStreamManager M()
        {
            var options = new RecyclableMemoryStreamManager.Options { BlockSize = 4096 };
            options.MaximumLargePoolFreeBytes = 1 << 24;
            return new RecyclableMemoryStreamManager(options);
        }
        """);

    [Fact]
    public async Task MadeInMain_ReportsTheMissingBound() => Assert.Contains(
        "has no limit",
        Assert.Single(await Reports("""
            static void Main() { var manager = [|new RecyclableMemoryStreamManager()|]; manager.GetStream().Dispose(); }
            """)).GetMessage(CultureInfo.InvariantCulture),
        System.StringComparison.Ordinal);

    [Theory]
    [InlineData("Use(manager);")]
    [InlineData("_manager = manager;")]
    [InlineData("Action f = () => manager.GetStream(); f();")]
    [InlineData("for (int i = 0; i < 9; i++) manager.GetStream().Dispose();")]
    [InlineData("_ = (manager, 1);")]
    [InlineData("var other = manager; _manager = other; manager = null!;")]
    public async Task LocalThatOutlivesTheUse_IsSilent(string statement) => await Silent($$"""
        RecyclableMemoryStreamManager? _manager;
        void Use(RecyclableMemoryStreamManager manager) { }
        void M()
        {
            var manager = new RecyclableMemoryStreamManager(1, 2);
            manager.GetStream().Dispose();
            {{statement}}
        }
        """);

    [Fact]
    public async Task MadeInATest_IsSilent() => await Silent("""
        class TestAttribute : Attribute;
        [Test] void T() => new RecyclableMemoryStreamManager().GetStream().Dispose();
        [Test] void U() { Action a = () => new RecyclableMemoryStreamManager(1, 2, 3); a(); }
        """);

    [Fact]
    public async Task AnotherManager_IsSilent() => await Silent("""
        class RecyclableMemoryStreamManager { public Stream GetStream() => Stream.Null; }
        static readonly RecyclableMemoryStreamManager Manager = new();
        Stream M() => new RecyclableMemoryStreamManager().GetStream();
        """);

    [Fact]
    public async Task LibraryMissing_IsSilent() => await Verifier.VerifyAsync("FG2016", """
        class C { object M() => new Microsoft.IO.RecyclableMemoryStreamManager().GetStream(); }
        """, allowErrors: true);

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync("FG2016", Wrap("""
        Stream M() { var manager = new RecyclableMemoryStreamManager(1, 2, new Options { , ; manager. }
        """), allowErrors: true);

    private static async Task<ImmutableArray<Diagnostic>> Reports(string members) =>
        await Verifier.VerifyAsync("FG2016", Wrap(members));

    private static async Task Silent(string members) => await Verifier.VerifyAsync("FG2016", Wrap(members));

    /// <summary>The shapes of the library's versions 2 and 3, without its code.</summary>
    private static string Wrap(string members) => $$"""
        using System;
        using System.IO;
        using Microsoft.IO;

        class C
        {
        {{members}}
        }

        namespace Microsoft.IO
        {
            public class RecyclableMemoryStreamManager
            {
                public RecyclableMemoryStreamManager() { }
                public RecyclableMemoryStreamManager(Options options) { }
                public RecyclableMemoryStreamManager(long maximumSmallPoolFreeBytes, long maximumLargePoolFreeBytes) { }
                public RecyclableMemoryStreamManager(int blockSize, int largeBufferMultiple, int maximumBufferSize) { }
                public RecyclableMemoryStreamManager(
                    int blockSize, int largeBufferMultiple, int maximumBufferSize,
                    long maximumSmallPoolFreeBytes, long maximumLargePoolFreeBytes) { }
                public long MaximumFreeSmallPoolBytes { get; set; }
                public long MaximumFreeLargePoolBytes { get; set; }
                public bool AggressiveBufferReturn { get; set; }
                public MemoryStream GetStream() => new();

                public class Options
                {
                    public Options() { }
                    public Options(
                        int blockSize, int largeBufferMultiple, int maximumBufferSize,
                        long maximumSmallPoolFreeBytes, long maximumLargePoolFreeBytes) { }
                    public int BlockSize { get; set; }
                    public long MaximumSmallPoolFreeBytes { get; set; }
                    public long MaximumLargePoolFreeBytes { get; set; }
                }
            }
        }
        """;
}
