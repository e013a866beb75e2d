using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class RentLengthsThatFillTheArrayTests
{
    private static readonly RentSnippet Snippet = new("FG2009");

    [Theory]
    [InlineData("byte", "65_537")]
    [InlineData("byte", "70_000")]
    [InlineData("byte", "81_920")]
    [InlineData("byte", "84_975")]
    [InlineData("char", "40_000")]
    [InlineData("int", "20_000")]
    [InlineData("long", "10_000")]
    [InlineData("string", "10_000")]
    [InlineData("Guid", "5_000")]
    [InlineData("DayOfWeek", "20_000")]
    public async Task RoundedUpOntoTheLargeObjectHeap_Reports(string element, string length) => await Snippet.Reports($$"""
        void M()
        {
            var b = [|ArrayPool<{{element}}>.Shared.Rent({{length}})|];
            b[0] = b[1];
            ArrayPool<{{element}}>.Shared.Return(b);
        }
        """);

    [Theory]
    [InlineData("byte", "65_536")]
    [InlineData("byte", "84_976")] // 85,000 bytes with its header: large by itself
    [InlineData("byte", "100_000")]
    [InlineData("byte", "131_072")]
    [InlineData("char", "32_768")]
    [InlineData("int", "16_384")]
    [InlineData("string", "8_192")]
    [InlineData("ValueTuple<int, string>", "20_000")] // bytes not known
    [InlineData("byte", "n")]
    [InlineData("byte", "Math.Min(n, 70_000)")]
    [InlineData("byte", "n > 1 ? 70_000 : 10")]
    [InlineData("byte", "-1")]
    public async Task NotRoundedUpOntoTheLargeObjectHeap_IsSilent(string element, string length) => await Snippet.Silent($$"""
        void M(int n)
        {
            var b = ArrayPool<{{element}}>.Shared.Rent({{length}});
            b[0] = b[1];
            ArrayPool<{{element}}>.Shared.Return(b);
        }
        """);

    [Theory]
    [InlineData("byte", "4_097")]
    [InlineData("byte", "4_096 + 16")]
    [InlineData("byte", "4_915")]
    [InlineData("byte", "150_000")]
    [InlineData("long", "600")]
    [InlineData("string", "520")]
    [InlineData("Guid", "260")]
    public async Task LittleOfTheArrayAskedFor_Reports(string element, string length) => await Snippet.Reports(Read(element, $"[|Pool.Rent({length})|]"));

    [Theory]
    [InlineData("byte", "4_096")]
    [InlineData("byte", "4_916")]
    [InlineData("byte", "8_192")]
    [InlineData("byte", "1_100")] // 948 bytes
    [InlineData("byte", "2_049")] // 2,047 bytes
    [InlineData("long", "512")]
    [InlineData("byte", "3")]
    [InlineData("byte", "0")]
    public async Task MostOfTheArrayAskedFor_IsSilent(string element, string length) => await Snippet.Silent(Read(element, $"Pool.Rent({length})"));

    [Theory]
    [InlineData("s.Read(b, 0, b.Length);")]
    [InlineData("s.Read(b);")]
    [InlineData("s.Read(b.AsSpan());")]
    [InlineData("s.Read(new Span<byte>(b));")]
    [InlineData("_field = b;")]
    [InlineData("foreach (byte x in b) s.WriteByte(x);")]
    [InlineData("Span<byte> all = b; s.Read(all);")]
    [InlineData("while (s.Read(b, 0, b.Length) > 0) { }")]
    [InlineData("Memory<byte> all = new(b); s.Read(all.Span);")]
    [InlineData("var pair = (b, 1); s.Read(pair.b);")]
    [InlineData("ArraySegment<byte> all = new(b); s.Read(all);")]
    [InlineData("byte[] t = b; b = null!; s.Read(t, 0, t.Length);")]
    [InlineData("Array.Resize(ref b, 5);")]
    public async Task WholeArrayUsed_IsSilent(string use) => await Snippet.Silent(Using("ArrayPool<byte>.Shared.Rent(4_112)", use));

    [Theory]
    [InlineData("s.Read(b, 0, 4_112);")]
    [InlineData("s.Read(b.AsSpan(0, 4_112));")]
    [InlineData("s.Read(new Span<byte>(b, 0, 4_112));")]
    [InlineData("b[0] = 1;")]
    [InlineData("byte[] same = b; same[4_111] = 1;")]
    public async Task PartOfTheArrayUsed_Reports(string use) => await Snippet.Reports(Using("[|ArrayPool<byte>.Shared.Rent(4_112)|]", use));

    [Theory]
    [InlineData("s.Read(b, 0, b.Length);")]
    [InlineData("_field = b;")]
    public async Task WholeArrayUsedOnTheLargeObjectHeap_Reports(string use) =>
        await Snippet.Reports(Using("[|ArrayPool<byte>.Shared.Rent(81_920)|]", use));

    [Theory]
    [InlineData("ArrayPool<byte>.Create()")]
    [InlineData("pool")]
    public async Task OtherPool_IsSilent(string pool) => await Snippet.Silent($$"""
        void M(ArrayPool<byte> pool) => {{pool}}.Return({{pool}}.Rent(70_000));
        """);

    [Fact]
    public async Task Options_MoveTheThresholds()
    {
        const string crossing = "void M() { byte[] b = {0}; b[0] = 1; }";
        string at70000 = "ArrayPool<byte>.Shared.Rent(70_000)";
        await Snippet.Silent(crossing.Replace("{0}", at70000), RentSnippet.Option("fragguard.loh_threshold", "200000")
            .Add("fragguard.FG2009.waste_threshold", "0.5"));
        await Snippet.Reports(crossing.Replace("{0}", "[|ArrayPool<byte>.Shared.Rent(150_000)|]"),
            RentSnippet.Option("fragguard.loh_threshold", "200000").Add("fragguard.FG2009.waste_threshold", "0.9"));
        await Snippet.Silent(crossing.Replace("{0}", "ArrayPool<byte>.Shared.Rent(4_097)"), RentSnippet.Option("fragguard.FG2009.waste_threshold", "0.5"));
        await Snippet.Silent(crossing.Replace("{0}", "ArrayPool<byte>.Shared.Rent(4_097)"), RentSnippet.Option("fragguard.FG2009.min_wasted_bytes", "4096"));
        await Snippet.Reports(crossing.Replace("{0}", "[|ArrayPool<byte>.Shared.Rent(33)|]"), RentSnippet.Option("fragguard.FG2009.min_wasted_bytes", "20"));
    }

    [Theory]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(70_000 + );")]
    [InlineData("byte[] b = ArrayPool<Missing>.Shared.Rent(70_000);")]
    [InlineData("byte[] b = ArrayPool<byte>.Missing.Rent(70_000);")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(70_000, );")]
    public async Task BrokenCode_IsSilent(string body) => await Snippet.Silent($$"""
        void M()
        {
            {{body}}
        }
        """, allowErrors: true);

    [Theory]
    [InlineData("byte", "70_000", "'ArrayPool<byte>.Shared' rounds 70,000 elements up to 131,072: 131,072 bytes on the large object heap, "
        + "where the 70,000 bytes asked for would not be; rent 65,536 where that is enough")]
    [InlineData("char", "40_000", "rounds 40,000 elements up to 65,536: 131,072 bytes on the large object heap, where the 80,000 bytes")]
    [InlineData("byte", "4_112", "rounds 4,112 elements up to 8,192: 4,080 of 8,192 bytes are never used; rent 4,096 where")]
    public async Task Message_SaysHowMuch(string element, string length, string part)
    {
        Diagnostic diagnostic = Assert.Single(await Snippet.Reports($$"""
            void M() { var b = [|ArrayPool<{{element}}>.Shared.Rent({{length}})|]; b[0] = b[1]; }
            """));
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Contains(part, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static string Read(string element, string rent) => $$"""
        private static ArrayPool<{{element}}> Pool => ArrayPool<{{element}}>.Shared;

        void M()
        {
            var b = {{rent}};
            b[0] = b[1];
            Pool.Return(b);
        }
        """;

    private static string Using(string rent, string use) => $$"""
        private byte[] _field = [];

        void M(Stream s)
        {
            byte[] b = {{rent}};
            {{use}}
        }
        """;
}
