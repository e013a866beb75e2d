using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FragGuard.CodeFixes.GcHeap;

/// <summary>FG3004: adds <c>using</c> where a handle that can be disposed, and its address, stay in their block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class DeclarePinnedHandlesWithUsing : FragGuardCodeFix
{
    public DeclarePinnedHandlesWithUsing()
        : base("Declare the handle with 'using'", "FG3004")
    {
    }

    private protected override Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        UsingDeclarations.AddAsync(document, diagnostic, cancellationToken);
}
