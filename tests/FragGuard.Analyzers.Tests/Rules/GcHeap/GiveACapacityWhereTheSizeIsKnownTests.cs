using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.GcHeap;

public class GiveACapacityWhereTheSizeIsKnownTests
{
    [Theory]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 9_000; i++) l.Add(i);")] // 72 KB, in an array of 131 KB
    [InlineData("var l = [|new List<string>()|]; for (int i = 1; i <= 20_000; ++i) { string s = \"\"; l.Add(s); }")]
    [InlineData("List<long> l = [|new()|]; for (int i = 0; i < 20_000; i += 2) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; foreach (int i in Items) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; foreach (int i in Enumerable.Range(0, 20_000)) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < Items.Length; i++) { if (i == 3) throw new IOException(); l.Add(i); }")]
    [InlineData("var l = [|new List<long>()|]; for (int y = 0; y < 200; y++) for (int x = 0; x < 100; x++) l.Add(x * y);")]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 9_000; i++) { l.Add(i); l.Add(-i); if (i > 5) l.Add(l.Count); }")]
    [InlineData("var l = [|new Queue<long>()|]; for (int i = 0; i < 20_000; i++) l.Enqueue(i);")]
    [InlineData("var l = [|new Stack<long>()|]; for (int i = 0; i < 20_000; i++) l.Push(i);")]
    [InlineData("var l = [|new Dictionary<int, string>()|]; for (int i = 0; i < 20_000; i++) l.Add(i, \"\");")]
    [InlineData("var m = [|new MemoryStream()|]; for (int i = 0; i < 100_000; i++) m.WriteByte(1);")]
    [InlineData("using var m = [|new MemoryStream()|]; for (int i = 0; i < 100; i++) m.Write(Page, 0, 1_000);")]
    [InlineData("using (var m = [|new MemoryStream()|]) { foreach (int i in Items) m.Write(Page); m.ToArray(); }")]
    [InlineData("var w = [|new ArrayBufferWriter<byte>()|]; for (int i = 0; i < 100; i++) w.Write(Page);")]
    [InlineData("var w = [|new ArrayBufferWriter<byte>()|]; for (int i = 0; i < 100_000; i++) { w.GetSpan(1)[0] = 1; w.Advance(1); }")]
    [InlineData("int total = Math.Max(n, 20_000); var l = [|new List<long>()|]; for (int i = 0; i < total; i++) l.Add(i);")]
    public async Task GrowsAcrossTheThresholdInACountedLoop_Reports(string body)
    {
        Diagnostic found = Assert.Single(await Verify(body));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Theory]
    [InlineData("using L = System.Collections.Generic.List<long>;", "new L()")]
    [InlineData("", "new /* growing */ List<long>()")]
    [InlineData("", "new List<long>(/* nothing */)")]
    [InlineData("", "new System.Collections.Generic . List < long > ( )")]
    public async Task HoweverItIsWritten_Reports(string alias, string creation) => await Verifier.VerifyAsync("FG3002", $$"""
        using System.Collections.Generic;
        {{alias}}
        class C { int M() { var l = [|{{creation}}|]; for (int i = 0; i < 20_000; i++) l.Add(i); return l.Count; } }
        """);

    [Theory]
    [InlineData("var l = new List<long>(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 8_000; i++) l.Add(i);")] // 64 KiB
    [InlineData("var l = new List<byte>(); for (int i = 0; i < 20_000; i++) l.Add(1);")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 16_384; i++) l.Add(i);")] // grows to what it needs, once
    [InlineData("var l = new List<long>(); for (int i = 0; i < n; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); foreach (int i in Enumerable.Range(0, n)) l.Add(i);")]
    [InlineData("var l = new List<long>(); while (n-- > 0) l.Add(n);")]
    [InlineData("var l = new List<long> { 1 }; for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(Items.Select(i => 1L)); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new HashSet<long>(); for (int i = 0; i < 20_000; i++) l.Add(i);")] // may be the same ones again
    [InlineData("var l = new Dictionary<int, string>(); for (int i = 0; i < 20_000; i++) l[i % 3] = \"\";")]
    [InlineData("var l = new Dictionary<int, string>(); for (int i = 0; i < 20_000; i++) l.TryAdd(i % 3, \"\");")]
    [InlineData("var b = new StringBuilder(); for (int i = 0; i < 100_000; i++) b.Append('x');")] // grows by small chunks
    [InlineData("var l = new LinkedList<long>(); for (int i = 0; i < 20_000; i++) l.AddLast(i);")]
    [InlineData("var m = new MemoryStream(); for (int i = 0; i < 100; i++) m.Write(Page, 0, n);")]
    public async Task KnownCapacityOrUnknownCount_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) if (i % 2 == 0) l.Add(i);")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { if (i % 2 == 0) continue; l.Add(i); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); if (i == n) break; }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); if (i == n) return; }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); i += n; }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); i = n; }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); (i, n) = (n, 0); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); int.TryParse(\"20000\", out i); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); ref int same = ref i; same += n; }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); unsafe { int* p = &i; *p += n; } }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i += n) l.Add(i);")]
    [InlineData("IEnumerable<int> F() { var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); yield return i; } }")]
    [InlineData("IEnumerable<int> F() { var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); if (i == n) yield break; } yield return 1; }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); if (l.Count > 9) l.Clear(); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); l.RemoveAt(0); }")]
    [InlineData("var q = new Queue<long>(); for (int i = 0; i < 20_000; i++) { q.Enqueue(i); q.Dequeue(); }")]
    [InlineData("var m = new MemoryStream(); for (int i = 0; i < 100_000; i++) { m.Position = 0; m.WriteByte(1); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { l.Add(i); Use(l); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { switch (i % 3) { case 0: l.Add(i); break; } }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { Action a = () => l.Add(i); }")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) { try { l.Add(int.Parse(\"\")); } catch (FormatException) { continue; } }")]
    public async Task NotEveryIterationAdds_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("var l = new List<long>(); l.EnsureCapacity(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); l.Capacity = 20_000; for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var m = new MemoryStream(); m.SetLength(200_000); for (int i = 0; i < 200_000; i++) m.WriteByte(1);")]
    [InlineData("var l = new List<long>(); Use(l); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); if (n > 3) for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); l = new List<long>(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("Made = new List<long>(); for (int i = 0; i < 20_000; i++) Made.Add(i);")]
    [InlineData("ICollection<long> l = new List<long>(); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new Own(); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); var pair = (l, 1); pair.l.EnsureCapacity(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); ref List<long> same = ref l; same = new(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); var t = l; t.EnsureCapacity(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    public async Task NotFilledNextOrNotOurs_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("var l = new List<Missing>(); for (int i = 0; i < 20_000; i++) l.Add(null);")]
    [InlineData("var l = new List<long>(; for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < 20_000; i++) l.Add(i, i);")]
    [InlineData("var l = new List<long>(); for (int i = 0; i < missing; i++) l.Add(i);")]
    public async Task BrokenCode_IsSilent(string body) => await Verify(body, allowErrors: true);

    [Fact]
    public async Task Threshold_CanBeSet()
    {
        await Verify("var l = new List<long>(); for (int i = 0; i < 9_000; i++) l.Add(i);", "200000");
        await Verify("var l = [|new List<long>()|]; for (int i = 0; i < 300; i++) l.Add(i);", "2000");
    }

    [Theory]
    [InlineData(
        "var l = [|new List<long>()|]; for (int i = 0; i < 9_000; i++) l.Add(i);",
        "'l' gets at least 9,000 elements in the loop that follows and grows to them through an array on the large object heap, "
        + "131,096 bytes in all; with that capacity from the start it takes one array of 72,024 bytes, which is no large object")]
    [InlineData(
        "var m = [|new MemoryStream()|]; for (int i = 0; i < 300; i++) m.Write(Page, 0, 1_000);",
        "'m' gets at least 300,000 elements in the loop that follows and grows to them through 3 arrays on the large object heap, "
        + "896,072 bytes in all; with that capacity from the start it takes one array of 300,024 bytes")]
    public async Task Message_SaysWhatGrowingCosts(string body, string message) =>
        Assert.Equal(message, Assert.Single(await Verify(body)).GetMessage(null));

    private static Task<ImmutableArray<Diagnostic>> Verify(string body, string? threshold = null, bool allowErrors = false) =>
        Verifier.VerifyAsync(
            "FG3002",
            $$"""
            #nullable disable
            using System;
            using System.Buffers;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Text;

            class C
            {
                static readonly int[] Items = new int[20_000];
                static readonly byte[] Page = new byte[1_000];
                static List<long> Made;
                static void Use(List<long> list) { }
                void M(int n)
                {
                    {{body}}
                }
            }

            class Own : List<long>;
            """,
            threshold is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["fragguard.loh_threshold"] = threshold },
            allowErrors);
}
