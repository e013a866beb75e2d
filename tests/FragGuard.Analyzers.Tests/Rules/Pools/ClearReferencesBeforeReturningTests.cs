using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class ClearReferencesBeforeReturningTests
{
    private static readonly RentSnippet Snippet = new("FG2012");

    [Theory]
    [InlineData("string")]
    [InlineData("object")]
    [InlineData("byte[]")]
    [InlineData("Action")]
    [InlineData("IDisposable")]
    [InlineData("KeyValuePair<int, string>")]
    [InlineData("Memory<byte>")]
    [InlineData("Named")]
    [InlineData("Outer")]
    [InlineData("(int, string)")]
    [InlineData("dynamic")]
    public async Task ReferencesLeftInTheArray_Reports(string element) => await Snippet.Reports(Fill(element, "[|ArrayPool<{0}>.Shared.Return(b)|];"));

    [Theory]
    [InlineData("byte")]
    [InlineData("int?")]
    [InlineData("DateTime")]
    [InlineData("KeyValuePair<int, long>")]
    [InlineData("(int, char)")]
    [InlineData("Plain")]
    [InlineData("IntPtr")]
    public async Task NoReferencesInTheArray_IsSilent(string element) => await Snippet.Silent(Fill(element, "ArrayPool<{0}>.Shared.Return(b);"));

    [Theory]
    [InlineData("ArrayPool<{0}>.Shared.Return(b, clearArray: true);")]
    [InlineData("ArrayPool<{0}>.Shared.Return(b, clearArray: false);")]
    [InlineData("ArrayPool<{0}>.Shared.Return(b, true);")]
    [InlineData("ArrayPool<{0}>.Shared.Return(clearArray: false, array: b);")]
    [InlineData("ArrayPool<{0}>.Shared.Return(b, b.Length > 3);")]
    public async Task ClearingDecided_IsSilent(string end) => await Snippet.Silent(Fill("string", end));

    [Theory]
    [InlineData("Array.Clear(b);")]
    [InlineData("Array.Clear(b, 0, 5);")]
    [InlineData("b.AsSpan().Clear();")]
    [InlineData("b.AsSpan(0, 5).Clear();")]
    [InlineData("Span<string> used = b.AsSpan(0, 5); used.Clear();")]
    [InlineData("Span<string> used = b; used[..5].Clear();")]
    [InlineData("new Span<string>(b, 0, 5).Clear();")]
    [InlineData("b.AsMemory(0, 5).Span.Clear();")]
    [InlineData("b.AsSpan(0, 5).Fill(null!);")]
    [InlineData("Array.Fill(b, null!);")]
    [InlineData("Array.Fill(b, default!);")]
    [InlineData("((IList<string>)b).Clear();")]
    [InlineData("for (int i = 0; i < 5; i++) b[i] = null!;")]
    [InlineData("b[0] = default!;")]
    [InlineData("Span<string> used = b; used[0] = null!;")]
    [InlineData("string[] same = b; Array.Clear(same, 0, 5);")]
    [InlineData("foreach (ref string? e in b.AsSpan(0, 5)) e = null;")]
    [InlineData("ref string? e = ref b[0]; e = default;")]
    [InlineData("ref string? e = ref b.AsSpan()[0]; e = null;")]
    [InlineData("Interlocked.Exchange(ref b[0], null!);")]
    [InlineData("Take(out b[0]);")]
    [InlineData("ClearUsed(b, 5);")]
    [InlineData("ResetAll(b);")]
    [InlineData("ZeroOut(b.AsSpan(0, 5));")]
    [InlineData("if (b.Length > 5) Array.Clear(b, 0, 5);")]
    [InlineData("try { b[0].Trim(); } finally { Array.Clear(b, 0, 5); }")]
    [InlineData("ArraySegment<string> used = new(b, 0, 5); used.AsSpan().Clear();")]
    [InlineData("var pair = (b, 5); Array.Clear(pair.b, 0, pair.Item2);")]
    [InlineData("GrowAndClear(ref b);")]
    [InlineData("string[]? t = b; try { while (other.Length > 5) { string[] u = t!; t = null; Array.Clear(u, 0, 5); t = u; } } finally { t = null; }")]
    public async Task ClearedBefore_IsSilent(string clear) => await Snippet.Silent(Returned(clear, "ArrayPool<string>.Shared.Return(b)"));

    [Fact]
    public async Task ClearedAfterwards_IsSilent() => await Snippet.Silent("""
        void M()
        {
            string[] b = ArrayPool<string>.Shared.Rent(5);
            b[0] = "a";
            ArrayPool<string>.Shared.Return(b);
            Array.Clear(b);
        }
        """);

    [Theory]
    [InlineData("Array.Clear(other);")]
    [InlineData("b.AsSpan(0, 5).Fill(\"\");")]
    [InlineData("b[0] = b[1];")]
    [InlineData("foreach (ref string e in b.AsSpan(0, 5)) e = \"\";")]
    [InlineData("foreach (string e in b) { string? f = e; f = null; }")]
    [InlineData("ref string e = ref b[0]; e = \"\";")]
    [InlineData("Array.Fill(b, \"\");")]
    [InlineData("Array.Sort(b, 0, 5);")]
    [InlineData("string? none = null; other[0] = none!;")]
    [InlineData("b.AsSpan(0, 5).Reverse();")]
    [InlineData("Wipe(b);")] // clears, but its name does not say so
    public async Task OtherwiseChangedBefore_Reports(string use) => await Snippet.Reports(Returned(use, "[|ArrayPool<string>.Shared.Return(b)|]"));

    [Theory]
    [InlineData("T", "", false)]
    [InlineData("T", "where T : class", true)]
    [InlineData("T", "where T : struct", false)]
    [InlineData("T", "where T : unmanaged", false)]
    [InlineData("T", "where T : notnull", false)]
    [InlineData("KeyValuePair<int, T>", "", false)]
    [InlineData("KeyValuePair<string, T>", "", true)]
    [InlineData("List<T>", "", true)]
    public async Task GenericElement_DependsOnItsConstraint(string element, string constraint, bool reports)
    {
        string end = $"ArrayPool<{element}>.Shared.Return(b)";
        string member = $$"""
            void M<T>(T x) {{constraint}}
            {
                {{element}}[] b = ArrayPool<{{element}}>.Shared.Rent(5);
                {{(reports ? $"[|{end}|]" : end)}};
            }
            """;
        await (reports ? Snippet.Reports(member) : Snippet.Silent(member));
    }

    [Theory]
    [InlineData("void M() { var b = ArrayPool<string>.Shared.Rent(5); try { b[0] = \"\"; } finally { [|ArrayPool<string>.Shared.Return(b)|]; } }")]
    [InlineData("void M() { string[]? b = null; try { b = ArrayPool<string>.Shared.Rent(5); } finally { if (b != null) [|ArrayPool<string>.Shared.Return(b)|]; } }")]
    [InlineData("void M(ArrayPool<string> pool) { var b = pool.Rent(5); [|pool.Return(b)|]; }")]
    [InlineData("void M(ArrayPool<string>? pool) { var b = pool!.Rent(5); pool?[|.Return(b)|]; }")]
    [InlineData("Action M() => () => { var b = ArrayPool<string>.Shared.Rent(5); [|ArrayPool<string>.Shared.Return(b)|]; };")]
    [InlineData("void M(bool c) { var b = c ? ArrayPool<string>.Shared.Rent(5) : ArrayPool<string>.Shared.Rent(6); [|ArrayPool<string>.Shared.Return(b)|]; }")]
    [InlineData("async Task M() { var b = ArrayPool<Task>.Shared.Rent(5); await Task.WhenAll(b); [|ArrayPool<Task>.Shared.Return(b)|]; }")]
    public async Task EveryKindOfReturn_Reports(string member) => await Snippet.Reports(member);

    [Theory]
    [InlineData("void M(string[] b) => ArrayPool<string>.Shared.Return(b);")] // cleared, or not, where it was rented
    [InlineData("string[] _b = []; void Dispose() => ArrayPool<string>.Shared.Return(_b);")]
    [InlineData("void M(Own pool) { var b = pool.Rent(5); pool.Return(b); }")] // it may always clear
    [InlineData("void M() { var b = ArrayPool<string>.Shared.Rent(5); Give(b); } static void Give(string[] b) => ArrayPool<string>.Shared.Return(b);")]
    [InlineData("void M() { var b = new string[5]; ArrayPool<string>.Shared.Return(b); }")]
    [InlineData("void M() { var b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); }")]
    public async Task NotRentedHereOrNotTheFrameworksPool_IsSilent(string member) => await Snippet.Silent(member + """

        class Own : ArrayPool<string>
        {
            public override string[] Rent(int minimumLength) => new string[minimumLength];
            public override void Return(string[] array, bool clearArray = false) => Array.Clear(array);
        }
        """);

    [Theory]
    [InlineData("var b = ArrayPool<Missing>.Shared.Rent(5); ArrayPool<Missing>.Shared.Return(b);")]
    [InlineData("var b = ArrayPool<string>.Shared.Rent(5); ArrayPool<string>.Shared.Return(b, );")]
    [InlineData("var b = ArrayPool<string>.Shared.Rent(5); ArrayPool<string>.Shared.Return(array: );")]
    public async Task BrokenCode_IsSilent(string body) => await Snippet.Silent($$"""
        void M()
        {
            {{body}}
        }
        """, allowErrors: true);

    [Fact]
    public async Task Message_NamesTheElement()
    {
        Diagnostic diagnostic = Assert.Single(await Snippet.Reports(Fill("List<string>", "[|ArrayPool<{0}>.Shared.Return(b)|];")));
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.StartsWith("The array goes back to the pool with its references to 'List<string>', and", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static string Fill(string element, string end) => $$"""
        struct Named { public int Id; public string Name; }
        struct Outer { public Named Inner; }
        struct Plain { public int Id; public long Bits; }

        void M({{element}} x)
        {
            {{element}}[] b = ArrayPool<{{element}}>.Shared.Rent(5);
            b[0] = x;
            {{end.Replace("{0}", element, StringComparison.Ordinal)}}
        }
        """;

    private static string Returned(string use, string end) => $$"""
        void M(string[] other)
        {
            string[] b = ArrayPool<string>.Shared.Rent(5);
            b[0] = "a";
            {{use}}
            {{end}};
        }

        static void Take(out string? e) => e = null;
        static void ClearUsed(string[] b, int n) => Array.Clear(b, 0, n);
        static void GrowAndClear(ref string[] b) { Array.Clear(b); b = ArrayPool<string>.Shared.Rent(9); }
        static void ResetAll(string[] b) => b.AsSpan().Fill(null!);
        static void ZeroOut(Span<string> b) => b.Fill(null!);
        static void Wipe(string[] b) => Array.Clear(b);
        """;
}
