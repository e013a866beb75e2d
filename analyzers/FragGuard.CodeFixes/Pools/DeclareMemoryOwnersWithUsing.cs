using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FragGuard.CodeFixes.Pools;

/// <summary>FG2015: adds <c>using</c> where the owner and its memory stay in their block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class DeclareMemoryOwnersWithUsing : FragGuardCodeFix
{
    public DeclareMemoryOwnersWithUsing()
        : base("Declare the owner with 'using'", "FG2015")
    {
    }

    private protected override Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        UsingDeclarations.AddAsync(document, diagnostic, cancellationToken);
}
