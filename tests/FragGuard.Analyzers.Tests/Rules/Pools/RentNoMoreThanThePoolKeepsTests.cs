using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class RentNoMoreThanThePoolKeepsTests
{
    private static readonly RentSnippet Snippet = new("FG2008");

    [Theory]
    [InlineData("ArrayPool<byte>.Create()", "1_048_577")]
    [InlineData("ArrayPool<byte>.Create()", "2 * 1024 * 1024")]
    [InlineData("ArrayPool<byte>.Create(1024, 50)", "1025")]
    [InlineData("ArrayPool<byte>.Create(maxArraysPerBucket: 50, maxArrayLength: 1000)", "2000")]
    [InlineData("ArrayPool<byte>.Create(16, 1)", "17")]
    [InlineData("ArrayPool<byte>.Create(3, 1)", "17")]
    [InlineData("ArrayPool<byte>.Create(1024 * 1024, 8)", "Size")]
    [InlineData("ArrayPool<byte>.Create(1024 * 1024, 8)", "_size")]
    [InlineData("ArrayPool<byte>.Create(1024 * 1024, 8)", "Math.Max(Size, 1)")]
    [InlineData("ArrayPool<byte>.Shared", "1_073_741_825")]
    public async Task LongerThanThePoolKeeps_Reports(string pool, string length) => await Snippet.Reports($$"""
        private const int Size = 4 * 1024 * 1024;
        private static readonly int _size = Size + 1;
        private readonly ArrayPool<byte> _pool = {{pool}};

        int M(Stream s)
        {
            byte[] b = [|_pool.Rent({{length}})|];
            int n = s.Read(b, 0, 10);
            _pool.Return(b);
            return n;
        }
        """);

    [Theory]
    [InlineData("ArrayPool<byte>.Create()", "1_048_576")]
    [InlineData("ArrayPool<byte>.Create()", "n")]
    [InlineData("ArrayPool<byte>.Create()", "Math.Min(n, 2_000_000)")]
    [InlineData("ArrayPool<byte>.Create()", "Math.Max(n, 2_000_000)")]
    [InlineData("ArrayPool<byte>.Create()", "n > 5 ? 10 : 2_000_000")]
    [InlineData("ArrayPool<byte>.Create()", "0")]
    [InlineData("ArrayPool<byte>.Create(1024, 50)", "1024")]
    [InlineData("ArrayPool<byte>.Create(1000, 50)", "1024")]
    [InlineData("ArrayPool<byte>.Create(3, 1)", "16")]
    [InlineData("ArrayPool<byte>.Create(2_000_000, 50)", "2_097_152")]
    [InlineData("ArrayPool<byte>.Create(_most, 50)", "2_000_000")]
    [InlineData("ArrayPool<byte>.Shared", "1_048_577")]
    [InlineData("ArrayPool<byte>.Shared", "1_073_741_824")]
    [InlineData("MakePool()", "2_000_000")]
    [InlineData("new Own()", "2_000_000")]
    public async Task NoLongerThanThePoolKeeps_IsSilent(string pool, string length) => await Snippet.Silent($$"""
        private static readonly ArrayPool<byte> _pool = {{pool}};
        private static int _most = 100;

        int M(Stream s, int n)
        {
            byte[] b = _pool.Rent({{length}});
            n = s.Read(b, 0, 10);
            _pool.Return(b);
            return n;
        }

        static ArrayPool<byte> MakePool() => new Own();

        class Own : ArrayPool<byte>
        {
            public override byte[] Rent(int minimumLength) => new byte[minimumLength];
            public override void Return(byte[] array, bool clearArray = false) { }
        }
        """);

    [Theory]
    [InlineData("var pool = ArrayPool<byte>.Create(100, 5); _ = [|pool.Rent(200)|];")]
    [InlineData("_ = [|ArrayPool<byte>.Create(100, 5).Rent(200)|];")]
    [InlineData("ArrayPool<byte> same = _set; _ = [|same.Rent(200)|];")]
    [InlineData("_ = [|_set.Rent(200)|];")]
    [InlineData("_ = [|Property.Rent(200)|];")]
    [InlineData("_ = [|Computed.Rent(200)|];")]
    [InlineData("Action later = () => _ = [|_set.Rent(200)|];")]
    [InlineData("void Local() { _ = [|_set.Rent(200)|]; }")]
    public async Task PoolFollowedToWhereItIsMade_Reports(string body) => await Snippet.Reports(Pools(body));

    [Theory]
    [InlineData("var pool = ArrayPool<byte>.Create(100, 5); pool = _given; _ = pool.Rent(200);")]
    [InlineData("_ = _given.Rent(200);")]
    [InlineData("_ = _changed.Rent(200);")]
    [InlineData("_ = _twice.Rent(200);")]
    [InlineData("_ = Settable.Rent(200);")]
    [InlineData("_ = Open.Rent(200);")]
    [InlineData("_ = parameter.Rent(200);")]
    [InlineData("_ = Array.Empty<ArrayPool<byte>>()[0].Rent(200);")]
    public async Task PoolThatMayBeAnother_IsSilent(string body) => await Snippet.Silent(Pools(body));

    private static string Pools(string body) => $$"""
        private readonly ArrayPool<byte> _set;
        private readonly ArrayPool<byte> _given;
        private readonly ArrayPool<byte> _twice = ArrayPool<byte>.Create(100, 5);
        private ArrayPool<byte> _changed = ArrayPool<byte>.Create(100, 5);
        private ArrayPool<byte> Property { get; } = ArrayPool<byte>.Create(100, 5);
        private ArrayPool<byte> Settable { get; set; } = ArrayPool<byte>.Create(100, 5);
        private ArrayPool<byte> Computed => _set;
        public virtual ArrayPool<byte> Open => _set;

        public C(ArrayPool<byte> given)
        {
            _set = ArrayPool<byte>.Create(100, 5);
            _given = given;
            if (given != null)
                _twice = given;
        }

        void M(ArrayPool<byte> parameter)
        {
            {{body}}
        }
        """;

    [Theory]
    [InlineData("_ = Pool.Rent(2_000_000)")] // no semicolon
    [InlineData("_ = Pool.Rent(missing);")]
    [InlineData("_ = Missing.Rent(2_000_000);")]
    [InlineData("_ = Pool.Rent();")]
    [InlineData("_ = ArrayPool<Missing>.Create(2, ).Rent(2_000_000);")]
    public async Task BrokenCode_IsSilent(string body) => await Snippet.Silent($$"""
        ArrayPool<byte> Pool;
        void M()
        {
            {{body}}
        }
        """, allowErrors: true);

    [Theory]
    [InlineData("4.2.2.0", 1_048_577, true)] // .NET Core 3.1
    [InlineData("5.0.0.0", 1_048_577, true)]
    [InlineData("6.0.0.0", 1_048_577, false)]
    [InlineData("5.0.0.0", 1_048_576, false)]
    [InlineData("4.1.0.0", 1_048_577, false)] // .NET Standard 1.5: any runtime
    public async Task SharedBeforeNet6_KeepsLess(string runtime, int length, bool reports)
    {
        MetadataReference core = CoreLibrary(runtime);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Old",
            [CSharpSyntaxTree.ParseText(
                $$"""class C { byte[] M() => System.Buffers.ArrayPool<byte>.Shared.Rent({{length}}); }""",
                cancellationToken: CancellationToken.None)],
            [core],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> found =
            await compilation.WithAnalyzers([new RulesOfMembers(new RentedArrays())]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Equal(reports, found.Any(diagnostic => string.Equals(diagnostic.Id, "FG2008", StringComparison.Ordinal)));
    }

    /// <summary>A library with nothing but an array pool, of the version of some runtime.</summary>
    private static MetadataReference CoreLibrary(string version)
    {
        const string source = """
            namespace System
            {
                public class Object { }
                public abstract class ValueType { }
                public abstract class Enum : ValueType { }
                public struct Void { }
                public struct Boolean { }
                public struct Byte { }
                public struct Int32 { }
                public sealed class String { }
                public abstract class Array { }
                public abstract class Attribute { }
                public sealed class Version { }
            }
            namespace System.Reflection
            {
                public sealed class AssemblyVersionAttribute : Attribute { public AssemblyVersionAttribute(string version) { } }
            }
            namespace System.Buffers
            {
                public abstract class ArrayPool<T>
                {
                    public static ArrayPool<T> Shared => null;
                    public abstract T[] Rent(int minimumLength);
                    public abstract void Return(T[] array, bool clearArray = false);
                }
            }
            """;
        CSharpCompilation library = CSharpCompilation.Create(
            "System.Runtime",
            [CSharpSyntaxTree.ParseText(
                $"""[assembly: System.Reflection.AssemblyVersion("{version}")]""" + "\n" + source,
                cancellationToken: CancellationToken.None)],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return library.ToMetadataReference();
    }

    [Theory]
    [InlineData("ArrayPool<byte>.Create()", "2_000_000", "'ArrayPool<byte>.Create()' keeps arrays of at most 1,048,576 elements, and 2,000,000 are rented: "
        + "every rent allocates 2,000,000 bytes anew, and 'Return' drops it; create the pool with a 'maxArrayLength' of at least 2000000, or")]
    [InlineData("ArrayPool<DateTime>.Create(100, 5)", "200", "every rent allocates 1,600 bytes anew")]
    [InlineData("ArrayPool<string>.Create(100, 5)", "200", "keeps arrays of at most 128 elements, and 200 are rented: every rent allocates 1,600 bytes anew")]
    [InlineData("ArrayPool<ValueTuple<int, string>>.Create(100, 5)", "200", "every rent allocates a new array, and")]
    [InlineData("ArrayPool<byte>.Shared", "0x40000001", "keeps arrays of at most 1,073,741,824 elements, and 1,073,741,825 are rented")]
    [InlineData("ArrayPool<byte>.Shared", "0x40000001", "; no pool keeps more than 2^30 elements, so allocate it once")]
    public async Task Message_SaysHowMuch(string pool, string length, string part)
    {
        Diagnostic diagnostic = Assert.Single(await Snippet.Reports($"object M() => [|{pool}.Rent({length})|];"));
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Contains(part, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }
}
