using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes;

/// <summary>
/// Errors of a document before and after a fix. Bodies are bound in the changed members only, so that the cost of fixing
/// all findings of a document grows with the members that have one, not with its length for each of them.
/// </summary>
internal static class NewErrors
{
    /// <summary>True when the fix leaves more errors than there were before.</summary>
    public static async Task<bool> AreLeftByAsync(Document before, Document after, CancellationToken cancellationToken)
    {
        TextChange[] changes = (await after.GetTextChangesAsync(before, cancellationToken).ConfigureAwait(false)).ToArray();
        if (changes.Length == 0)
            return false;

        SourceText newText = await after.GetTextAsync(cancellationToken).ConfigureAwait(false);
        SourceText oldText = await before.GetTextAsync(cancellationToken).ConfigureAwait(false);
        int start = changes.Min(change => change.Span.Start);
        int end = changes.Max(change => change.Span.End);
        Document parsedAnew = before.WithText(newText); // A tree that a fix has put together lacks the errors of its text.
        int left = await CountAsync(
            parsedAnew, TextSpan.FromBounds(start, end + newText.Length - oldText.Length), cancellationToken).ConfigureAwait(false);
        return left > 0
            && left > await CountAsync(before, TextSpan.FromBounds(start, end), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> CountAsync(Document document, TextSpan changed, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return 0;

        SyntaxNode root = await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        TextSpan members = root.FindNode(changed)
            .FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)?.FullSpan ?? root.FullSpan;
        return model.GetSyntaxDiagnostics(cancellationToken: cancellationToken)
            .Concat(model.GetDeclarationDiagnostics(members, cancellationToken))
            .Concat(model.GetMethodBodyDiagnostics(members, cancellationToken))
            .Count(found => found.Severity == DiagnosticSeverity.Error);
    }
}
