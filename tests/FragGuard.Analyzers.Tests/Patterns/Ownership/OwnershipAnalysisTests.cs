using System;
using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns.Ownership;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Tests.Patterns.Ownership;

/// <summary>The facts that the pool rules are built on, asked from the analysis itself.</summary>
public class OwnershipAnalysisTests
{
    private static readonly MetadataReference[] References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToArray();

    [Theory]
    [InlineData("Pool.Return(b);", "Returned")]
    [InlineData("if (c) Pool.Return(b);", "Rented, Returned")]
    [InlineData("if (c) return; Pool.Return(b);", "Rented, Returned")]
    [InlineData("if (c) throw new Exception(); Pool.Return(b);", "Returned")]
    [InlineData("if (c) Field = b;", "Rented, Escaped")]
    [InlineData("Grow(ref b);", "Rented, Unknown")]
    [InlineData("try { s.Flush(); } finally { Pool.Return(b); }", "Returned")]
    [InlineData("try { if (c) return; s.Flush(); } finally { Pool.Return(b); }", "Returned")]
    [InlineData("try { s.Flush(); Pool.Return(b); } catch { }", "Rented, Returned")]
    [InlineData("try { try { s.Flush(); } finally { Pool.Return(b); } } catch { }", "Returned")]
    [InlineData("using (s) s.Write(b, 0, 1); Pool.Return(b);", "Returned")]
    [InlineData("while (c) s.Flush(); Pool.Return(b);", "Returned")]
    [InlineData("byte[] t = b; b = null!; Pool.Return(t);", "Returned")]
    [InlineData("if (b is not null) Pool.Return(b);", "Returned")]
    [InlineData("if (!(b == null)) Pool.Return(b);", "Returned")]
    [InlineData("if (b is { } t) Pool.Return(t);", "Returned")]
    [InlineData("if (b is not { } t) return; Pool.Return(t);", "Returned")]
    [InlineData("if (b is { Length: > 3 } and var t) Pool.Return(t);", "Rented, Returned")]
    [InlineData("switch (b) { case null: break; case byte[] t: Pool.Return(t); break; }", "Returned")]
    [InlineData("throw new Exception();", "None")]
    public void Fate_JoinsAllNormalPaths(string body, string atEnd) =>
        Assert.Equal(atEnd, Analyze($"byte[] b = Pool.Rent(10); {body}").Fates[0].AtEnd.ToString());

    [Theory]
    [InlineData("Pool.Return(b); Pool.Return(b);", "Returned")]
    [InlineData("byte[] t = b; Pool.Return(b); Pool.Return(t);", "Returned")]
    [InlineData("if (c) Pool.Return(b); Pool.Return(b);", "Rented, Returned")]
    [InlineData("try { Pool.Return(b); s.Flush(); } catch { Pool.Return(b); }", "Returned")]
    [InlineData("try { s.Flush(); Pool.Return(b); s.Flush(); } finally { Pool.Return(b); }", "Returned")]
    [InlineData("try { s.Flush(); Pool.Return(b); s.Flush(); } catch { Pool.Return(b); }", "Rented, Returned")]
    [InlineData("Field = b; Pool.Return(b);", "Rented, Escaped")]
    [InlineData("Pool.Return(b);", "Rented")]
    [InlineData("try { s.Flush(); Pool.Return(b); } catch { Pool.Return(b); }", "Rented")]
    [InlineData("try { s.Flush(); byte[] t = b; b = null!; Pool.Return(t); s.Flush(); } finally { if (b != null) Pool.Return(b); }", "Rented")]
    [InlineData("Pool.Return(b); b = Pool.Rent(5); Pool.Return(b);", "Rented")]
    [InlineData("for (;;) { Pool.Return(b); b = Pool.Rent(5); }", "Rented")]
    [InlineData("Grow(ref b); Pool.Return(b);", null)]
    public void LastReturn_KnowsWhatHappenedBefore(string body, string? before) =>
        Assert.Equal(before, LastEvent(body, OwnershipEventKind.Returned)?.Before.ToString());

    [Theory]
    [InlineData("Pool.Return(b); b[0] = 1;", "Returned")]
    [InlineData("Pool.Return(b); s.Write(b, 0, 1);", "Returned")]
    [InlineData("Span<byte> view = b; Pool.Return(b); view[0] = 1;", "Returned")]
    [InlineData("if (c) Pool.Return(b); b[0] = 1;", "Rented, Returned")]
    [InlineData("b[0] = 1; Pool.Return(b);", "Rented")]
    [InlineData("b[0] = 1; Pool.Return(b); b = new byte[5]; b[0] = 1;", "Rented")]
    [InlineData("b[0] = 1; Pool.Return(b); if (b != null) return;", "Rented")]
    public void LastUse_KnowsWhatHappenedBefore(string body, string before) =>
        Assert.Equal(before, LastEvent(body, OwnershipEventKind.Used)?.Before.ToString());

    [Fact]
    public void ReturnOfOneOfTwo_IsNotCertain()
    {
        OwnershipFacts facts = Analyze("byte[] b = c ? Pool.Rent(1) : Pool.Rent(2); Pool.Return(b);");
        Assert.Equal(2, facts.Fates.Length);
        Assert.All(
            facts.Events.Where(step => step.Kind == OwnershipEventKind.Returned), step => Assert.False(step.IsCertain));
    }

    [Fact]
    public void TwoArraysOfOneSite_AreNeverCertain()
    {
        OwnershipFacts facts = Analyze("""
            byte[] b = Pool.Rent(1);
            while (c)
            {
                byte[] larger = Pool.Rent(b.Length * 2);
                Pool.Return(b);
                b = larger;
            }

            Pool.Return(b);
            """);
        Assert.Equal(OwnershipStates.Rented | OwnershipStates.Returned, facts.Fates[1].AtEnd);
        Assert.All(
            facts.Events.Where(step => step.Kind == OwnershipEventKind.Returned && step.Before == OwnershipStates.Returned),
            step => Assert.False(step.IsCertain));
    }

    [Fact]
    public void HugeMethod_IsNotJudged()
    {
        string branches = string.Concat(Enumerable.Repeat("if (c) s.Flush();\n", 2000));
        Assert.Null(TryAnalyze("byte[] b = Pool.Rent(1);" + branches));
    }

    private static OwnershipEvent? LastEvent(string body, OwnershipEventKind kind) =>
        Analyze($"byte[] b = Pool.Rent(10); {body}").Events
            .Where(step => step.Kind == kind)
            .OrderBy(step => step.Operation.Syntax.SpanStart)
            .LastOrDefault();

    private static OwnershipFacts Analyze(string body) =>
        TryAnalyze(body) ?? throw new InvalidOperationException("The analysis gave up.");

    private static OwnershipFacts? TryAnalyze(string body)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            $$"""
            using System;
            using System.Buffers;
            using System.IO;

            class C
            {
                static ArrayPool<byte> Pool => ArrayPool<byte>.Shared;
                static byte[] Field = [];
                static void Grow(ref byte[] b) { }
                void M(bool c, Stream s) { {{body}} }
            }
            """,
            new CSharpParseOptions(LanguageVersion.Latest));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet", [tree], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(), found => found.Severity == DiagnosticSeverity.Error);
        MethodDeclarationSyntax syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last();
        SemanticModel model = compilation.GetSemanticModel(tree);
        ArrayPools pools = ArrayPools.From(new KnownSymbols(compilation))!;
        return OwnershipAnalysis.Run(
            ControlFlowGraph.Create((IMethodBodyOperation)model.GetOperation(syntax)!),
            model.GetDeclaredSymbol(syntax)!,
            pools,
            new CalleeOwnership(compilation, pools, new OwnershipOptions(TransferAtMethodCall: false), CancellationToken.None));
    }
}
