using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.GcHeap;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.GcHeap;

/// <summary>FG3001: declares the array before the loop and clears it where it was allocated.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AllocateOnceBeforeTheLoop : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public AllocateOnceBeforeTheLoop()
        : base("Allocate the array once, before the loop", DoNotAllocateLargeObjectsAgainAndAgain.Id)
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || diagnostic.AdditionalLocations.Count != 1)
            return null;

        SyntaxNode root = await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode creation = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan) is not StatementSyntax { Parent: BlockSyntax } loop
            || creation is not ExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } } value
            || declarator.Parent?.Parent is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration
            || !declaration.UsingKeyword.IsKind(SyntaxKind.None)
            || declaration.Parent is not BlockSyntax block || block.Parent != loop
            || LengthOf(value, model, cancellationToken) is not { } length
            || !IsSettled(length, loop, model, cancellationToken)
            || IsWritten(declarator, loop, model, cancellationToken))
        {
            return null;
        }

        string start = Indentation(loop, text);
        string lineBreak = text.Lines[0].EndIncludingLineBreak > text.Lines[0].End
            ? text.ToString(TextSpan.FromBounds(text.Lines[0].End, text.Lines[0].EndIncludingLineBreak))
            : "\n";
        string name = declarator.Identifier.Text;
        TextLine line = text.Lines.GetLineFromPosition(declaration.SpanStart);
        bool isCleared = !value.ToString().Contains("AllocateUninitializedArray");
        TextChange replaced = isCleared
            ? new(declaration.Span, $"{ArrayName(model, declaration.SpanStart)}.Clear({name}, 0, {name}.Length);")
            : new(IsAlone(declaration, line, text) ? line.SpanIncludingLineBreak : declaration.Span, "");
        return document.WithText(text.WithChanges(
            new TextChange(new TextSpan(loop.SpanStart, 0), declaration.WithoutTrivia() + lineBreak + start), replaced));
    }

    /// <summary>The length of a new array of one dimension, or null.</summary>
    private static ExpressionSyntax? LengthOf(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) =>
        model.GetOperation(value, cancellation) switch
        {
            IArrayCreationOperation { DimensionSizes.Length: 1, Initializer: null } array => array.DimensionSizes[0].Syntax as ExpressionSyntax,
            IInvocationOperation { TargetMethod.Name: "AllocateArray" or "AllocateUninitializedArray" } call =>
                call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value.Syntax as ExpressionSyntax,
            _ => null,
        };

    /// <summary>True when the expression has one value, known before the loop and through all of its iterations.</summary>
    private static bool IsSettled(ExpressionSyntax length, SyntaxNode loop, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetConstantValue(length, cancellation).HasValue)
            return length.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name =>
                model.GetSymbolInfo(name, cancellation).Symbol is { } used && !IsDeclaredIn(used, loop));
        return length switch
        {
            ParenthesizedExpressionSyntax inner => IsSettled(inner.Expression, loop, model, cancellation),
            BinaryExpressionSyntax binary => IsSettled(binary.Left, loop, model, cancellation)
                && IsSettled(binary.Right, loop, model, cancellation),
            IdentifierNameSyntax name => model.GetSymbolInfo(name, cancellation).Symbol switch
            {
                ILocalSymbol { RefKind: RefKind.None } local => !IsDeclaredIn(local, loop) && IsWrittenOnce(local, loop, model, cancellation),
                IParameterSymbol { RefKind: RefKind.None } parameter => IsWrittenOnce(parameter, loop, model, cancellation),
                IFieldSymbol field => field.IsReadOnly && IsOutsideConstructors(loop),
                _ => false,
            },
            _ => false,
        };
    }

    private static bool IsDeclaredIn(ISymbol symbol, SyntaxNode loop) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(reference.Span));

    private static bool IsOutsideConstructors(SyntaxNode loop) =>
        loop.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null && loop.FirstAncestorOrSelf<AccessorDeclarationSyntax>() is null;

    /// <summary>True when the member never stores into the variable after its declaration.</summary>
    private static bool IsWrittenOnce(ISymbol variable, SyntaxNode loop, SemanticModel model, CancellationToken cancellation) =>
        loop.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && !Writes(member, variable, model, cancellation).Any();

    private static bool IsWritten(
        VariableDeclaratorSyntax declarator, SyntaxNode loop, SemanticModel model, CancellationToken cancellation) =>
        model.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol local || Writes(loop, local, model, cancellation).Any();

    private static IEnumerable<SyntaxNode> Writes(
        SyntaxNode code, ISymbol variable, SemanticModel model, CancellationToken cancellation) =>
        code.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => string.Equals(name.Identifier.ValueText, variable.Name, System.StringComparison.Ordinal)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable))
            .Where(name => name.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == name,
                PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression
                    or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
                PostfixUnaryExpressionSyntax postfix => postfix.Kind() is SyntaxKind.PostIncrementExpression
                    or SyntaxKind.PostDecrementExpression,
                ArgumentSyntax argument => !argument.RefOrOutKeyword.IsKind(SyntaxKind.None) || argument.Parent is TupleExpressionSyntax,
                RefExpressionSyntax => true,
                _ => false,
            });

    private static string ArrayName(SemanticModel model, int position) =>
        model.LookupNamespacesAndTypes(position, name: "Array").FirstOrDefault() is INamedTypeSymbol { SpecialType: SpecialType.System_Array }
            ? "Array"
            : "System.Array";

    private static string Indentation(SyntaxNode statement, SourceText text)
    {
        TextLine line = text.Lines.GetLineFromPosition(statement.SpanStart);
        string start = text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart));
        return string.IsNullOrWhiteSpace(start) ? start : "";
    }

    private static bool IsAlone(SyntaxNode statement, TextLine line, SourceText text) =>
        statement.Span.End <= line.End
        && string.IsNullOrWhiteSpace(text.ToString(line.Span).Remove(statement.SpanStart - line.Start, statement.Span.Length));
}
