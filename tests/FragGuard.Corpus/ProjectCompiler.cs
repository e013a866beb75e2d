using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Corpus;

/// <summary>
/// Compiles sources without restoring anything: against the runtime libraries this program runs on and the projects
/// compiled before. What comes from other packages stays unresolved, which rules must bear.
/// </summary>
internal sealed class ProjectCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview)
        .WithPreprocessorSymbols(Symbols());

    private static readonly ImmutableArray<MetadataReference> Platform =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FragGuard.", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("FragGuard.Annotations", StringComparison.Ordinal))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    private static readonly CSharpCompilation Alone = Compile("Alone", [], []);

    private readonly Dictionary<string, CSharpCompilation> _compiled = new(StringComparer.Ordinal);

    public CSharpCompilation Compile(SourceProject project, CancellationToken cancellation)
    {
        IEnumerable<SyntaxTree> trees = project.Files
            .AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(file => Parse(File.ReadAllText(file), file));
        if (project.HasImplicitUsings)
            trees = trees.Append(Parse(ImplicitUsings, "ImplicitUsings.g.cs"));
        IEnumerable<MetadataReference> references = project.References
            .Select(reference => _compiled.GetValueOrDefault(reference)?.ToMetadataReference())
            .OfType<MetadataReference>();
        CSharpCompilation compilation = Compile(Path.GetFileNameWithoutExtension(project.Path), trees, references);
        _compiled[project.Path] = compilation;
        return compilation;
    }

    /// <summary>One file alone.</summary>
    public static CSharpCompilation Compile(string text, string path) => Alone.AddSyntaxTrees(Parse(text, path));

    private static CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> projects) =>
        CSharpCompilation.Create(
            name, trees, Platform.AddRange(projects),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Parsing, path);

    private static IEnumerable<string> Symbols()
    {
        yield return "NET";
        yield return "NETCOREAPP";
        for (int version = 5; version <= Environment.Version.Major; version++)
            yield return $"NET{version}_0_OR_GREATER";
        yield return $"NET{Environment.Version.Major}_0";
        foreach (string version in new[] { "2_0", "2_1", "3_0", "3_1" })
            yield return $"NETCOREAPP{version}_OR_GREATER";
    }
}
