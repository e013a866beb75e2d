using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Tests;

/// <summary>Applies one fix to the marked findings of a rule, as an editor does, and compares the text.</summary>
internal static class FixVerifier
{
    /// <summary>
    /// Fixes the findings of the rule one after the other; each must be among the marked ones at first, the result must
    /// compile, equal the expected text, and have no finding of the rule left that the fix would still change.
    /// </summary>
    public static async Task FixesAsync<TFix>(
        string id, string markedSource, string fixedSource, IReadOnlyDictionary<string, string>? options = null)
        where TFix : FragGuardCodeFix, new()
    {
        await Verifier.VerifyAsync(id, markedSource, options);
        string source = Verifier.Unmark(markedSource).Source;
        for (int left = Verifier.Unmark(markedSource).Spans.Count; left > 0; left--)
        {
            if (await FixFirstAsync(new TFix(), id, source, options) is not { } changed)
                break;
            source = changed;
        }

        Assert.Equal(fixedSource.ReplaceLineEndings("\n"), source.ReplaceLineEndings("\n"));
        Assert.Empty(Verifier.Compile([source]).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>The rule reports as marked, and the fix is not offered for it.</summary>
    public static async Task OffersNothingAsync<TFix>(
        string id, string markedSource, IReadOnlyDictionary<string, string>? options = null)
        where TFix : FragGuardCodeFix, new()
    {
        await Verifier.VerifyAsync(id, markedSource, options);
        Assert.Null(await FixFirstAsync(new TFix(), id, Verifier.Unmark(markedSource).Source, options));
    }

    private static async Task<string?> FixFirstAsync(
        FragGuardCodeFix fix, string id, string source, IReadOnlyDictionary<string, string>? options)
    {
        CSharpCompilation compilation = Verifier.Compile([source]);
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.AnalyzerOf(id), [source], options);
        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Snippet", "Snippet", LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: compilation.SyntaxTrees[0].Options,
            metadataReferences: compilation.References));
        Document document = project.AddDocument("Snippet0.cs", SourceText.From(source));
        SyntaxTree tree = (await document.GetSyntaxTreeAsync(CancellationToken.None))!;
        foreach (Diagnostic diagnostic in found
            .Where(found => string.Equals(found.Id, id, StringComparison.Ordinal))
            .OrderBy(found => found.Location.SourceSpan.Start))
        {
            List<CodeAction> actions = [];
            Diagnostic here = Diagnostic.Create(
                diagnostic.Descriptor, Location.Create(tree, diagnostic.Location.SourceSpan),
                diagnostic.AdditionalLocations.Select(other => Location.Create(tree, other.SourceSpan)), diagnostic.Properties);
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, here, (action, _) => actions.Add(action), CancellationToken.None));
            if (actions.Count == 0)
                continue;

            ImmutableArray<CodeActionOperation> operations = await actions[0].GetOperationsAsync(CancellationToken.None);
            Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
            changed = await Simplifier.ReduceAsync(changed);
            return (await changed.GetTextAsync(CancellationToken.None)).ToString();
        }

        return null;
    }
}
