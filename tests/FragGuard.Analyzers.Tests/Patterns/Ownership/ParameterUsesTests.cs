using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns.Ownership;
using FragGuard.Analyzers.Rules.GcHeap;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Tests.Patterns.Ownership;

/// <summary>The text of a body says that its parameter is only borrowed where, and only where, the flow analysis would find it too.</summary>
public class ParameterUsesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("p[0] ^= p[1]; p[2]++; Number(p[3]); Fill(ref p[4]);")]
    [InlineData("if (p == null || p.Length > 5) throw new Exception();")]
    [InlineData("Span(p); Span(p.AsSpan(1, 2)); p.AsSpan().Slice(1).Clear(); ((Span<byte>)p)[0] = 5;", "AsSpan", "AsSpan")]
    [InlineData("for (int i = 0; i < p.GetLength(0); i++) { p[i] = 5; }")]
    [InlineData("Use(p); Use((Array)p); UseIn(p); int n = Count(p);", "Use", "Use", "UseIn", "Count")]
    [InlineData("if (p.Length > 5) Use(p); else M(p);", "Use", "M")]
    public void BodyThatLooksInto_PassesOn(string body, params string[] passed)
    {
        (ParameterUses uses, CalleeOwnership callees, IMethodSymbol method) = Read(body);
        IReadOnlyList<IArgumentOperation>? found = uses.PassedOn(method.Parameters[0], LentObjects.Instance);
        Assert.NotNull(found);
        Assert.Equal(passed, found.Select(argument => ((IInvocationOperation)argument.Parent!).TargetMethod.Name), StringComparer.Ordinal);
        Assert.Equal(CalleeEffect.Borrows, callees.EffectOn(method, method.Parameters[0], isResource: true));
    }

    [Theory]
    [InlineData("F = p;")]
    [InlineData("byte[] other = p; F = other;")]
    [InlineData("p = [];")]
    [InlineData("Replace(ref p);")]
    [InlineData("Take(p, out byte[] taken); F = taken;")]
    [InlineData("Box(p);")]
    [InlineData("Make(p);")]
    [InlineData("F = Same(p);")]
    [InlineData("new G(p);")]
    [InlineData("(byte[], int) both = (p, 5);")]
    [InlineData("Func<int> f = () => p.Length;")]
    [InlineData("int N() => p.Length; N();")]
    [InlineData("void N(byte[] q) => F = q; N(p);")]
    [InlineData("Memory<byte> all = p; View = all;")]
    [InlineData("View = p.AsMemory();")]
    [InlineData("Span<byte> all = p; all.Clear();")]
    [InlineData("foreach (byte b in p) { Number(b); }")]
    [InlineData("Use(p.Length > 5 ? p : p);")]
    [InlineData("W w = p;")]
    public void BodyThatMayDoMore_IsLeftToTheFlowAnalysis(string body)
    {
        (ParameterUses uses, _, IMethodSymbol method) = Read(body);
        Assert.Null(uses.PassedOn(method.Parameters[0], LentObjects.Instance));
    }

    [Theory]
    [InlineData("Keep(p);")]
    [InlineData("Use(p); Keeping(p);")]
    [InlineData("Store(p);")]
    [InlineData("D(p);")]
    public void BodyThatPassesOnToWhatKeeps_TakesOver(string body)
    {
        (_, CalleeOwnership callees, IMethodSymbol method) = Read(body);
        Assert.Equal(CalleeEffect.TakesOver, callees.EffectOn(method, method.Parameters[0], isResource: true));
    }

    [Fact]
    public void BodyTooLargeToFollow_IsLeftToTheFlowAnalysis()
    {
        string body = string.Concat(Enumerable.Repeat("if (p[0] == 5) p[1] = 6;", 200));
        (ParameterUses uses, _, IMethodSymbol method) = Read(body);
        Assert.NotNull(Read("if (p[0] == 5) p[1] = 6;").Uses.PassedOn(method.Parameters[0], LentObjects.Instance));
        Assert.Null(uses.PassedOn(method.Parameters[0], LentObjects.Instance));
    }

    [Fact]
    public void Body_IsReadOnceForAllCallers()
    {
        (_, _, IMethodSymbol method) = Read("F = p;", out CalleeBodies bodies);
        Assert.Same(bodies.UsesIn(method, CancellationToken.None), bodies.UsesIn(method, CancellationToken.None));
        Assert.Same(bodies.GraphOf(method, CancellationToken.None), bodies.GraphOf(method, CancellationToken.None));
        Assert.Equal([method], bodies.Named("M", CancellationToken.None), SymbolEqualityComparer.Default);
        Assert.Null(bodies.UsesIn((IMethodSymbol)method.ContainingType.GetMembers("Abstract").Single(), CancellationToken.None));
    }

    private static (ParameterUses Uses, CalleeOwnership Callees, IMethodSymbol Method) Read(string body) => Read(body, out _);

    private static (ParameterUses Uses, CalleeOwnership Callees, IMethodSymbol Method) Read(string body, out CalleeBodies bodies)
    {
        CSharpCompilation compilation = Verifier.Compile([$$"""
            using System;
            abstract class C
            {
                static byte[] F = []; static Memory<byte> View; static Action<byte[]> D = _ => { };
                static void M(byte[] p) { {{body}} }
                static void Use(Array p) { } static void UseIn(in byte[] p) { } static int Count(byte[] p) => p.Length;
                static void Number(byte b) { } static void Fill(ref byte b) => b = 5; static void Span(Span<byte> s) { }
                static void Keep(byte[] p) => F = p; static void Keeping(byte[] p) => Keep(p); static void Store(byte[] p) { }
                static void Replace(ref byte[] p) { } static void Take(byte[] p, out byte[] taken) => taken = p;
                static void Box(object p) { } static byte[] Make(byte[] p) => []; static byte[] Same(byte[] p) => p;
                public abstract void Abstract(byte[] p);
                class W { public static implicit operator W(byte[] p) => new(); } class G(byte[] p) { byte[] P => p; }
            }
            """]);
        SyntaxTree tree = compilation.SyntaxTrees.First();
        IMethodSymbol method = (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(
            tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First())!;
        bodies = KnownSymbols.Of(compilation).Callees;
        CalleeOwnership callees = new(compilation, LentObjects.Instance, new OwnershipOptions(TransferAtMethodCall: false), CancellationToken.None);
        return (bodies.UsesIn(method, CancellationToken.None)!, callees, method);
    }
}
