using System.Threading.Tasks;
using FragGuard.CodeFixes.GcHeap;

namespace FragGuard.Analyzers.Tests.Fixes.GcHeap;

public sealed class PassTheKnownCapacityTests
{
    [Theory]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 20_000; i++) l.Add(i);", "var l = new List<long>(20_000); for (int i = 0; i < 20_000; i++) l.Add(i);")]
    [InlineData("List<long> l = [|new()|]; for (int i = 0; i < Count; i++) l.Add(i);", "List<long> l = new(Count); for (int i = 0; i < Count; i++) l.Add(i);")]
    [InlineData("int n = 20_000; var l = [|new List<long>()|]; for (int i = 0; i < n; i++) l.Add(i);", "int n = 20_000; var l = new List<long>(n); for (int i = 0; i < n; i++) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; foreach (int i in Items) l.Add(i);", "var l = new List<long>(Items.Length); foreach (int i in Items) l.Add(i);")]
    [InlineData("var a = new int[20_000]; var l = [|new Queue<long>()|]; for (int i = 0; i < a.Length; i++) l.Enqueue(a[i]);", "var a = new int[20_000]; var l = new Queue<long>(a.Length); for (int i = 0; i < a.Length; i++) l.Enqueue(a[i]);")]
    [InlineData("var l = [|new Dictionary<int, int>()|]; for (int i = 0; i < Count; i++) l.Add(i, i);", "var l = new Dictionary<int, int>(Count); for (int i = 0; i < Count; i++) l.Add(i, i);")]
    public async Task KnownCount_IsGiven(string before, string after) =>
        await FixVerifier.FixesAsync<PassTheKnownCapacity>("FG3002", Snippet(before), Snippet(after));

    [Theory]
    [InlineData("var l = [|new List<long>()|]; for (int i = 1; i <= 20_000; i++) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 40_000; i += 2) l.Add(i);")]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 20_000; i++) { l.Add(i); l.Add(i); }")]
    [InlineData("var l = [|new List<long>()|]; for (int i = 0; i < 200; i++) for (int j = 0; j < 200; j++) l.Add(j);")]
    [InlineData("var l = [|new List<long>()|]; int n = 20_000; for (int i = 0; i < n; i++) l.Add(i);")] // known too late
    [InlineData("int n = 10; var l = [|new List<long>()|]; n = 20_000; n = 30_000; for (int i = 0; i < Math.Max(n, 20_000); i++) l.Add(i);")]
    [InlineData("var m = [|new MemoryStream()|]; for (int i = 0; i < 200; i++) m.Write(Page, 0, 1_000);")]
    public async Task UncertainCount_IsNotOffered(string body) =>
        await FixVerifier.OffersNothingAsync<PassTheKnownCapacity>("FG3002", Snippet(body));

    private static string Snippet(string body) => $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;

        class C
        {
            const int Count = 20_000;
            static readonly int[] Items = new int[20_000];
            static readonly byte[] Page = new byte[1_000];
            void M() { {{body}} }
        }
        """;
}
