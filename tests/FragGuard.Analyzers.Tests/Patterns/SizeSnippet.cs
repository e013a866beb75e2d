using System;
using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.Analyzers.Tests.Patterns;

/// <summary>Measures what <c>Value()</c> of a snippet's class <c>C</c> returns.</summary>
internal static class SizeSnippet
{
    private static readonly MetadataReference[] References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FragGuard.", StringComparison.Ordinal))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToArray();

    private const string Usings = """
        using System; using System.Buffers; using System.Collections.Generic; using System.Linq; using System.Text;
        using System.Threading.Tasks; using System.Runtime.InteropServices; using System.Security.Cryptography;

        """;

    /// <summary>Bytes of an expression, given the members of its class.</summary>
    public static string BytesOf(string expression, string members = "") =>
        BytesOfBody($"return {expression};", members);

    /// <summary>Bytes that a body returns.</summary>
    public static string BytesOfBody(string body, string members = "", bool allowErrors = false, string extra = "")
    {
        SyntaxTree[] trees = [Parse($$"""
            {{Usings}}
            partial class C
            {
                {{members}}
                object Value(int unknown, byte[] given, string text, Random random, bool flag)
                {
                    {{body}}
                }
            }
            """), Parse(Usings + extra)];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet", trees, References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Diagnostic[] errors = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.True(allowErrors || errors.Length == 0, string.Join("\n", errors.AsEnumerable()));

        MethodDeclarationSyntax method = trees[0].GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Last(candidate => candidate.Identifier.ValueText is "Value");
        IOperation root = compilation.GetSemanticModel(trees[0]).GetOperation(method)!;
        SizeInference sizes = new(new SourceBodies(compilation), CancellationToken.None);
        IntervalSet set = SourceBodies.ReturnedBy(root)!
            .Aggregate(IntervalSet.Nothing, (joined, value) =>
                joined.Join(sizes.Measure(Quantity.Bytes, value, Frame.Entry)));
        return set.IsKnown ? set.ToString() : "unknown";
    }

    private static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));
}
