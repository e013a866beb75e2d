using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FragGuard.CodeFixes;

/// <summary>
/// Base of every fix. A fix is offered only after it has been made: one that cannot be made safely, or would leave
/// more errors than there were, is never seen.
/// All findings of a document, project or solution can be fixed at once.
/// </summary>
public abstract class FragGuardCodeFix : CodeFixProvider
{
    private readonly string _title;

    private protected FragGuardCodeFix(string title, params string[] ids)
    {
        _title = title;
        FixableDiagnosticIds = ImmutableArray.Create(ids);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            Document? changed = await FixAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (changed is null
                || await NewErrors.AreLeftByAsync(context.Document, changed, context.CancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(_title, _ => Task.FromResult(changed), equivalenceKey: GetType().Name), diagnostic);
        }
    }

    /// <summary>The document with the finding fixed, or null when the fix is not certain here.</summary>
    private protected abstract Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken);
}
