using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.Pools;

/// <summary>FG2013: only what is small enough is kept, and the rest left to the garbage collector.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOnlySmallOnes))]
public sealed class KeepOnlySmallOnes : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public KeepOnlySmallOnes()
        : base("Keep it only while its capacity is small", "FG2013")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax place
            || model is null
            || !diagnostic.Properties.TryGetValue("fragguard.capacity", out string? capacity)
            || !int.TryParse(capacity, NumberStyles.None, CultureInfo.InvariantCulture, out int most))
        {
            return null;
        }

        TextChange? change = place.IsKind(SyntaxKind.TrueLiteralExpression)
            ? OfPolicy(place, model, most, cancellationToken)
            : OfStatement(place, model, most, cancellationToken);
        if (change is null)
            return null;
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(change.Value));
    }

    /// <summary><c>return true;</c> becomes <c>return obj.Capacity &lt;= most;</c>.</summary>
    private static TextChange? OfPolicy(
        ExpressionSyntax kept, SemanticModel model, int most, CancellationToken cancellationToken) =>
        kept.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax
        && model.GetEnclosingSymbol(kept.SpanStart, cancellationToken) is IMethodSymbol { Parameters.Length: 1 } method
        && HasCapacity(method.Parameters[0].Type)
            ? new TextChange(kept.Span, Check(Escaped(method.Parameters[0].Name), most))
            : null;

    /// <summary>A condition before a statement that does nothing but keep a local or a parameter.</summary>
    private static TextChange? OfStatement(
        ExpressionSyntax place, SemanticModel model, int most, CancellationToken cancellationToken)
    {
        if (place.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax } statement
            || KeptBy(model.GetOperation(place, cancellationToken)) is not { } value
            || value.Syntax is not IdentifierNameSyntax name
            || model.GetTypeInfo(name, cancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull
            || !HasCapacity(value.Type))
        {
            return null;
        }

        SourceText text = statement.SyntaxTree.GetText(cancellationToken);
        TextLine line = text.Lines.GetLineFromPosition(statement.SpanStart);
        string indent = text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart));
        if (indent.Trim().Length > 0)
            return null;
        string newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return new TextChange(
            new TextSpan(statement.SpanStart, 0), $"if ({Check(name.Identifier.Text, most)}){newLine}{indent}    ");
    }

    private static IOperation? KeptBy(IOperation? operation)
    {
        IOperation? value = operation switch
        {
            IInvocationOperation { TargetMethod.Name: "Exchange" or "CompareExchange" or "Write" } call =>
                call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1)?.Value,
            IInvocationOperation { Arguments.Length: 1 } call => call.Arguments[0].Value,
            ISimpleAssignmentOperation store => store.Value,
            _ => null,
        };
        return value is ILocalReferenceOperation or IParameterReferenceOperation ? value : null;
    }

    private static bool HasCapacity(ITypeSymbol? type) => type?.OriginalDefinition.GetMembers("Capacity")
        .OfType<IPropertySymbol>().Any(property => property.DeclaredAccessibility == Accessibility.Public) == true;

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Check(string name, int most) =>
        name + ".Capacity <= " + most.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');
}
