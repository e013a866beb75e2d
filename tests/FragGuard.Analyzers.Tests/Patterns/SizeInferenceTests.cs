using System;
using System.Linq;

namespace FragGuard.Analyzers.Tests.Patterns;

public sealed class SizeInferenceTests
{
    [Theory]
    // Arrays
    [InlineData("new byte[100]", "100-100")]
    [InlineData("new int[100]", "400-400")]
    [InlineData("new char[100]", "200-200")]
    [InlineData("new long[10, 20]", "1600-1600")]
    [InlineData("new Guid[10]", "160-160")]
    [InlineData("new DayOfWeek[10]", "40-40")]
    [InlineData("new byte[] { 1, 2, 3 }", "3-3")]
    [InlineData("(byte[])[1, 2, 3]", "3-3")]
    [InlineData("(byte[])[1, .. new byte[7]]", "8-8")]
    [InlineData("new byte[unknown]", "unknown")]
    [InlineData("new byte[3][]", "unknown")]
    [InlineData("new string[100]", "unknown")]
    [InlineData("new object()", "unknown")]
    [InlineData("given", "unknown")]
    [InlineData("given.Length > 5 ? given : new byte[5]", "unknown")]
    [InlineData("new byte[3_000_000_000]", "unknown")]
    // Bounded lengths
    [InlineData("new byte[random.Next(90_000, 1_000_001)]", "90000-1000000")]
    [InlineData("new byte[random.Next(100)]", "0-99")]
    [InlineData("new byte[random.Next()]", "unknown")]
    [InlineData("new byte[Random.Shared.Next(5, 10)]", "5-9")]
    [InlineData("new byte[random.NextInt64(5, 10)]", "5-9")]
    [InlineData("new byte[random.Next(5, unknown)]", "unknown")]
    [InlineData("new byte[RandomNumberGenerator.GetInt32(5, 10)]", "5-9")]
    [InlineData("new byte[Math.Clamp(unknown, 5, 10)]", "5-10")]
    [InlineData("new byte[int.Clamp(unknown, 5, 10)]", "5-10")]
    [InlineData("new byte[Math.Max(5, Math.Min(unknown, 10))]", "5-10")]
    [InlineData("new byte[Math.Min(unknown, 10)]", "unknown")]
    [InlineData("new byte[Math.Max(unknown, 10)]", "unknown")]
    [InlineData("new byte[Math.Abs(unknown) % 10]", "0-9")]
    // Arithmetic
    [InlineData("new byte[random.Next(1, 3) * 1000]", "1000-2000")]
    [InlineData("new byte[1000 - random.Next(1, 3)]", "998-999")]
    [InlineData("new byte[random.Next(100, 201) / 10]", "10-20")]
    [InlineData("new byte[1000 + unknown % 100]", "901-1099")]
    [InlineData("new byte[1000 + (unknown & 0xFF)]", "1000-1255")]
    [InlineData("new byte[Math.Clamp(1000 + unknown * 3, 5, 10)]", "5-10")]
    [InlineData("new byte[1000 + Math.Min(given[0], (byte)100)]", "1000-1100")] // no byte is negative
    [InlineData("new byte[1000 + Math.Min((uint)unknown << 1, 100u)]", "1000-1100")]
    [InlineData("new byte[1000 + Math.Min(unknown << 1, 100)]", "unknown")]
    [InlineData("new byte[1 << random.Next(4, 7)]", "16-64")]
    [InlineData("new byte[random.Next(64, 129) >> 2]", "16-32")]
    [InlineData("new byte[-(-5)]", "5-5")]
    [InlineData("new byte[random.Next(1, 3) * 2_000_000_000]", "unknown")]
    [InlineData("new byte[10 / random.Next(0, 3)]", "unknown")]
    [InlineData("new byte[(byte)unknown]", "unknown")]
    [InlineData("new byte[(int)(0.5 * unknown)]", "unknown")]
    // Choices
    [InlineData("flag ? new byte[200] : new byte[90_000]", "200-200;90000-90000")]
    [InlineData("new byte[flag ? 200 : 90_000]", "200-200;90000-90000")]
    [InlineData("unknown switch { 0 => new byte[1], 1 => new byte[5], _ => throw new Exception() }", "1-1;5-5")]
    [InlineData("flag ? null : new byte[5]", "5-5")]
    [InlineData("(flag ? null : new byte[5]) ?? new byte[9]", "5-5;9-9")]
    [InlineData("flag ? new byte[5] : given", "unknown")]
    [InlineData("flag ? new byte[5] : new byte[unknown + (int)(unknown switch { _ => throw new Exception() })]", "5-5")]
    [InlineData("flag ? (object)new byte[5] : \"four\"", "5-5;8-8")]
    // Text
    [InlineData("\"four\"", "8-8")]
    [InlineData("new string('x', 100)", "200-200")]
    [InlineData("new string('x', random.Next(5, 11))", "10-20")]
    [InlineData("\"four\" + new string('x', 10)", "28-28")]
    [InlineData("text + \"four\"", "unknown")]
    [InlineData("text.Substring(0, 10)", "20-20")]
    [InlineData("text.Substring(10)", "unknown")]
    [InlineData("new string('x', 10).PadLeft(20)", "40-40")]
    [InlineData("Encoding.UTF8.GetBytes(\"añb\")", "4-4")]
    [InlineData("Encoding.ASCII.GetBytes(new string('x', 10))", "10-10")]
    [InlineData("Encoding.UTF8.GetBytes(new string('x', 10))", "10-30")]
    [InlineData("Encoding.Unicode.GetBytes(new string('x', 10))", "20-20")]
    [InlineData("Encoding.GetEncoding(1252).GetBytes(new string('x', 10))", "unknown")]
    // Library
    [InlineData("GC.AllocateUninitializedArray<byte>(100)", "100-100")]
    [InlineData("GC.AllocateArray<int>(100, pinned: true)", "400-400")]
    [InlineData("ArrayPool<byte>.Shared.Rent(100)", "128-128")]
    [InlineData("ArrayPool<byte>.Shared.Rent(random.Next(1, 5000))", "16-8192")]
    [InlineData("new byte[100].AsSpan().ToArray()", "100-100")]
    [InlineData("given.AsSpan(5, 100).ToArray()", "100-100")]
    [InlineData("given.AsSpan(5).ToArray()", "unknown")]
    [InlineData("given[..100]", "100-100")]
    [InlineData("given[20..100]", "80-80")]
    [InlineData("given[..^5]", "unknown")]
    [InlineData("new byte[Math.Min(given.Length, 100)]", "unknown")] // a limit is no size, and nothing says how often less comes
    [InlineData("new byte[Math.Clamp(given.Length, 0, 100)]", "0-100")]
    [InlineData("new byte[given.Length % 100]", "0-99")]
    [InlineData("given[5..]", "unknown")]
    [InlineData("new byte[100].ToArray()", "100-100")]
    [InlineData("Enumerable.Repeat((byte)1, 100).ToArray()", "100-100")]
    [InlineData("Enumerable.Repeat((byte)1, 100).Where(x => flag).ToArray()", "unknown")]
    [InlineData("(byte[])new byte[100].Clone()", "100-100")]
    [InlineData("RandomNumberGenerator.GetBytes(100)", "100-100")]
    [InlineData("new byte[new byte[100].Length * 2]", "200-200")]
    [InlineData("System.IO.File.ReadAllBytes(\"page\")", "unknown")]
    // Plain values
    [InlineData("5", "4-4")]
    [InlineData("Guid.NewGuid()", "16-16")]
    [InlineData("(1, 2L)", "unknown")]
    public void Expression_Has(string expression, string bytes) =>
        Assert.Equal(bytes, SizeSnippet.BytesOf(expression));

    [Theory]
    [InlineData("int n = 100; return new byte[n];", "100-100")]
    [InlineData("int n = 100; n = 200; return new byte[n];", "100-100;200-200")]
    [InlineData("int n; if (flag) n = 1; else n = 5; return new byte[n];", "1-1;5-5")]
    [InlineData("int n = 100; n = unknown; return new byte[n];", "unknown")]
    [InlineData("int n = 100; n += unknown; return new byte[n];", "unknown")]
    [InlineData("int n = 100; n = n * 2; return new byte[n];", "unknown")]
    [InlineData("int n = 100; n++; return new byte[n];", "unknown")]
    [InlineData("int n = 100; int.TryParse(text, out n); return new byte[n];", "unknown")]
    [InlineData("int n = 100; ref int r = ref n; r = 5; return new byte[n];", "unknown")]
    [InlineData("(int n, int m) = (1, 2); return new byte[n];", "unknown")]
    [InlineData("int n = 100; unsafe { int* p = &n; *p = 5; } return new byte[n];", "unknown")]
    [InlineData("byte[] b = new byte[10]; Func<byte[]> f = () => new byte[5]; return b;", "10-10")]
    [InlineData("foreach (int n in new[] { 1, 2 }) return new byte[n]; return null;", "unknown")]
    [InlineData("if (unknown is var n) return new byte[n]; return null;", "unknown")]
    [InlineData("for (int i = 1; i < 10; i++) return new byte[i * 10]; return null;", "10-90")]
    [InlineData("for (int i = 1; i <= 10; i += 3) return new byte[i * 10]; return null;", "10-100")]
    [InlineData("for (int i = 1; i < 10; i++) { if (flag) i = 50; return new byte[i * 10]; } return null;", "10-90;500-500")]
    [InlineData("for (int i = 1; i < unknown; i++) return new byte[i]; return null;", "unknown")]
    [InlineData("for (int i = 1; i < 10; i++) { i++; return new byte[i]; } return null;", "unknown")]
    [InlineData("for (int i = 1; i > -10; i--) return new byte[i]; return null;", "unknown")]
    [InlineData("byte[] b = new byte[10]; Array.Resize(ref b, 50); return b;", "10-10;50-50")]
    [InlineData("byte[] b = new byte[10]; Array.Reverse(b); return b;", "10-10")]
    [InlineData("byte[] b = null; b ??= new byte[10]; return b;", "10-10")]
    [InlineData("object o = new byte[10]; return o;", "10-10")]
    [InlineData("object o = given; if (o is byte[] b) return b; return null;", "unknown")]
    [InlineData("byte[] Local(int n) => new byte[n * unknown]; return Local(5);", "unknown")]
    [InlineData("byte[] Local(int n) => new byte[n * 2]; return Local(5);", "10-10")]
    [InlineData("int k = 3; byte[] Local(int n) => new byte[n * k]; return Local(5);", "15-15")]
    public void Body_Returns(string body, string bytes) => Assert.Equal(bytes, SizeSnippet.BytesOfBody(body));

    [Theory]
    [InlineData("byte[] Make(int n) => new byte[n];", "Make(100)", "100-100")]
    [InlineData("byte[] Make(int n) { n = n * 2; return new byte[n]; }", "Make(100)", "unknown")]
    [InlineData("byte[] Make(int n = 70) => new byte[n];", "Make()", "70-70")]
    [InlineData("byte[] Make(int a, int b) => new byte[a - b];", "Make(b: 3, a: 10)", "7-7")]
    [InlineData("byte[] Make(Random r) => new byte[r.Next(200, 4_000)];", "Make(random)", "200-3999")]
    [InlineData("byte[] Make(int n) => More(n + 1); byte[] More(int n) => new byte[n * 2];", "Make(9)", "20-20")]
    [InlineData("byte[] Make(bool f) { if (f) return new byte[1]; return new byte[5]; }", "Make(flag)", "1-1;5-5")]
    [InlineData("int A(int n) => B(n); int B(int n) => C1(n); int C1(int n) => D(n); int D(int n) => n;", "new byte[A(9)]", "9-9")]
    [InlineData("int A(int n) => B(n); int B(int n) => C1(n); int C1(int n) => D(n); int D(int n) => E(n); int E(int n) => F(n); int F(int n) => n;", "new byte[A(9)]", "unknown")]
    [InlineData("byte[] Make() { Func<byte[]> f = () => new byte[5]; return new byte[7]; }", "Make()", "7-7")]
    [InlineData("byte[] Make() => Make();", "Make()", "unknown")]
    [InlineData("byte[] Make(int n) => n == 0 ? new byte[1] : Make(n - 1);", "Make(3)", "unknown")]
    [InlineData("byte[] Make(ref int n) => new byte[n];", "Make(ref unknown)", "unknown")]
    [InlineData("protected virtual byte[] Make() => new byte[5];", "Make()", "unknown")]
    [InlineData("protected byte[] Make() => new byte[5];", "Make()", "5-5")]
    [InlineData("static T[] Make<T>(int n) => new T[n];", "Make<int>(5)", "20-20")]
    [InlineData("static byte[] Make() { throw new Exception(); }", "Make()", "unknown")]
    [InlineData("int Size => 100;", "new byte[Size]", "100-100")]
    [InlineData("int Size { get; } = 100;", "new byte[Size]", "100-100")]
    [InlineData("int Size { get; set; } = 100;", "new byte[Size]", "unknown")]
    [InlineData("const int Size = 100;", "new byte[Size]", "100-100")]
    [InlineData("static readonly int Size = 25 * 4;", "new byte[Size]", "100-100")]
    [InlineData("static int Size = 100;", "new byte[Size]", "unknown")]
    [InlineData("readonly int _size = 1; C(bool f) { if (f) _size = 5; }", "new byte[_size]", "1-1;5-5")]
    [InlineData("readonly int _size; C(int size) { _size = size; }", "new byte[_size]", "unknown")]
    [InlineData("readonly int _size;", "new byte[_size]", "unknown")]
    [InlineData("struct P { byte a; long b; }", "new P[10]", "160-160")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 1)] struct P { byte a; long b; }", "new P[10]", "90-90")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] struct P { [FieldOffset(0)] int a; [FieldOffset(0)] long b; }", "new P[10]", "80-80")]
    [InlineData("unsafe struct P { fixed int a[4]; }", "new P[10]", "160-160")]
    [InlineData("struct P { Guid a; P2 b; } struct P2 { short x; }", "new P[10]", "200-200")]
    [InlineData("struct P { string a; }", "new P[10]", "unknown")]
    [InlineData("struct P { }", "new P[10]", "10-10")]
    [InlineData("async Task<byte[]> Make() { await Task.Yield(); return new byte[5]; }", "Make().Result", "5-5")]
    [InlineData("Task<byte[]> Make() => Task.FromResult(new byte[5]);", "Make().GetAwaiter().GetResult()", "5-5")]
    [InlineData("IEnumerable<byte> Make() { yield return 1; }", "Make().ToArray()", "unknown")]
    public void ExpressionWithMembers_Has(string members, string expression, string bytes) =>
        Assert.Equal(bytes, SizeSnippet.BytesOf(expression, members));

    [Fact]
    public void HelperInAnotherFile_IsFollowed() =>
        Assert.Equal("7-7", SizeSnippet.BytesOfBody("return Pages.Make(7);", extra: """
            static class Pages { public static byte[] Make(int n) => new byte[n]; }
            """));

    [Fact]
    public void ManyChoices_KeepTheWidestGap()
    {
        string arms = string.Concat(Enumerable.Range(0, 20).Select(i => $"{i} => new byte[{100 + i}], "));
        string bytes = SizeSnippet.BytesOf($"unknown switch {{ {arms} _ => new byte[90_000] }}");

        Assert.Equal(8, bytes.Split(';').Length);
        Assert.EndsWith(";90000-90000", bytes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "7-7")]
    [InlineData(24, "unknown")]
    public void LocalsThatFanOut_EndUnknown(int levels, string bytes)
    {
        string body = "int n0 = 7; " + string.Concat(Enumerable.Range(1, levels).Select(i =>
            $"int n{i} = Math.Max(n{i - 1}, n{i - 1}); "));

        Assert.Equal(bytes, SizeSnippet.BytesOfBody($"{body} return new byte[n{levels}];"));
    }

    [Fact]
    public void DeepExpression_EndsUnknown()
    {
        string sum = string.Join(" + ", Enumerable.Repeat("unknown % 2", 400));

        Assert.Equal("unknown", SizeSnippet.BytesOf($"new byte[{sum}]"));
    }

    [Theory]
    [InlineData("return new byte[;")]
    [InlineData("return new Missing[5];")]
    [InlineData("return Missing(5);")]
    [InlineData("int n = n; return new byte[n];")]
    [InlineData("return new byte[\"text\"];")]
    [InlineData("return unknown switch { };")]
    [InlineData("var f = () => f(); return f();")]
    [InlineData("return new string();")]
    [InlineData("return random.Next(1, 2, 3);")]
    [InlineData("return Math.Clamp();")]
    public void BrokenBody_IsUnknownOrNothing(string body) =>
        Assert.True(SizeSnippet.BytesOfBody(body, allowErrors: true) is "unknown" or "");
}
