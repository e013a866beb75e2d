using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FragGuard.CodeFixes.Native;

/// <summary>FG4002: calls the free of the family that allocated the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FreeWithTheRightFamily : FragGuardCodeFix
{
    private const string FreeWithKey = "fragguard.freeWith";

    public FreeWithTheRightFamily()
        : base("Free the block with the family that allocated it", "FG4002")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !diagnostic.Properties.TryGetValue(FreeWithKey, out string? free) || free is null)
            return null;
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax
            {
                ArgumentList.Arguments: { Count: 1 } arguments,
            } call)
            return null;

        ExpressionSyntax pointer = WithoutCasts(arguments[0].Expression);
        ITypeSymbol? type = model.GetTypeInfo(pointer, cancellationToken).Type;
        bool isPointer = type is IPointerTypeSymbol;
        if (!isPointer && type?.SpecialType != SpecialType.System_IntPtr)
            return null;

        bool takesPointer = free.StartsWith("NativeMemory.", StringComparison.Ordinal);
        if (takesPointer && !isPointer && !IsUnsafe(call))
            return null;

        string cast = (takesPointer, isPointer) switch
        {
            (true, false) => "(void*)",
            (false, true) => "(nint)",
            _ => "",
        };
        string operand = cast.Length == 0 || pointer is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax
            ? pointer.ToString()
            : $"({pointer})";
        ExpressionSyntax changed = SyntaxFactory.ParseExpression($"global::System.Runtime.InteropServices.{free}({cast}{operand})");
        changed = changed.ReplaceNodes(
            changed.DescendantNodes().OfType<MemberAccessExpressionSyntax>(),
            (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation));
        return document.WithSyntaxRoot(root.ReplaceNode(call, changed.WithTriviaFrom(call)));
    }

    private static ExpressionSyntax WithoutCasts(ExpressionSyntax expression) => expression switch
    {
        CastExpressionSyntax cast => WithoutCasts(cast.Expression),
        ParenthesizedExpressionSyntax parentheses => WithoutCasts(parentheses.Expression),
        _ => expression,
    };

    private static bool IsUnsafe(SyntaxNode node) => node.Ancestors().Any(outer => outer switch
    {
        UnsafeStatementSyntax => true,
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    });
}
