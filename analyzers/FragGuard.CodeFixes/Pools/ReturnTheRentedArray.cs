using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.CodeFixes.Pools;

/// <summary>FG2006: returns the array that the rule names in place of the wrong one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ReturnTheRentedArray : FragGuardCodeFix
{
    private const string RightArrayKey = "fragguard.rightArray";

    /// <summary>Makes the fix known to its host.</summary>
    public ReturnTheRentedArray()
        : base("Return the rented array", "FG2006")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(RightArrayKey, out string? right) || right is null)
            return null;

        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || call.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon is null)?.Expression is not { } wrong)
        {
            return null;
        }

        ExpressionSyntax name = SyntaxFactory.ParseExpression(right);
        TypeInfo? found = model?.GetSpeculativeTypeInfo(wrong.SpanStart, name, SpeculativeBindingOption.BindAsExpression);
        ITypeSymbol? expected = model?.GetTypeInfo(wrong, cancellationToken).Type;
        return expected is null || !SymbolEqualityComparer.Default.Equals(found?.Type, expected)
            ? null
            : document.WithSyntaxRoot(root.ReplaceNode(wrong, name.WithTriviaFrom(wrong)));
    }
}
