using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.SharedCaches;

/// <summary>FG1003: adds the size, in the unit in which all other entries of the cache have theirs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class GiveTheEntryTheSizeThatOthersHave : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public GiveTheEntryTheSizeThatOthersHave()
        : base("Give the entry a size", GiveEntriesASizeWhereOneIsLimited.Id)
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (model is null
            || (await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false)).FindNode(diagnostic.Location.SourceSpan)
                .FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax } put
            || SizeUnits.Of(put, model, cancellationToken) is not { } unit
            || Change(put, unit, model, text, cancellationToken) is not { } change)
        {
            return null;
        }

        return document.WithText(text.WithChanges(change));
    }

    private static TextChange? Change(
        InvocationExpressionSyntax put, SizeUnit unit, SemanticModel model, SourceText text, CancellationToken cancellationToken)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = put.ArgumentList.Arguments;
        if (arguments.Count < 2 || arguments.Any(argument => argument.NameColon is not null))
            return null;
        if (model.GetSymbolInfo(put, cancellationToken).Symbol is not IMethodSymbol method)
            return null;
        ExpressionSyntax value = arguments[1].Expression;
        if (method.Name is "GetOrCreate" or "GetOrCreateAsync")
            return arguments.Count == 2 && unit is SizeUnit.Entry ? ChangeFactory(value, text) : null;
        string? size = unit switch
        {
            SizeUnit.Entry => "1",
            SizeUnit.Length when value is IdentifierNameSyntax name
                && model.GetTypeInfo(value, cancellationToken) is
                {
                    Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte },
                    Nullability.FlowState: not NullableFlowState.MaybeNull,
                } =>
                $"{name.Identifier.Text}.Length",
            _ => null,
        };
        if (method.Name is not "Set" || size is null)
            return null;
        if (arguments.Count == 2)
            return Insert(value.Span.End, $", new MemoryCacheEntryOptions {{ Size = {size} }}");
        ExpressionSyntax third = arguments[2].Expression;
        return method.Parameters[method.Parameters.Length - 1].Name switch
        {
            "absoluteExpirationRelativeToNow" => Wrap(third, "AbsoluteExpirationRelativeToNow", size),
            "absoluteExpiration" => Wrap(third, "AbsoluteExpiration", size),
            "options" => ChangeOptions(third, size, text),
            _ => null,
        };
    }

    private static TextChange Wrap(ExpressionSyntax expiry, string property, string size) =>
        new(expiry.Span, $"new MemoryCacheEntryOptions {{ {property} = {expiry}, Size = {size} }}");

    private static TextChange? ChangeOptions(ExpressionSyntax options, string size, SourceText text)
    {
        switch (options)
        {
            case BaseObjectCreationExpressionSyntax { Initializer: { Expressions.Count: > 0 } initializer }:
                ExpressionSyntax last = initializer.Expressions[initializer.Expressions.Count - 1];
                return Insert(last.Span.End, $",{Gap(last, initializer.OpenBraceToken, text)}Size = {size}");
            case BaseObjectCreationExpressionSyntax { Initializer: null }:
                return Insert(options.Span.End, $" {{ Size = {size} }}");
            case InvocationExpressionSyntax call when IsChainOnCreation(call):
                return Insert(options.Span.End, $".SetSize({size})");
            default:
                return null;
        }
    }

    private static bool IsChainOnCreation(ExpressionSyntax expression)
    {
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            expression = access.Expression;
        return expression is ObjectCreationExpressionSyntax;
    }

    private static TextChange? ChangeFactory(ExpressionSyntax factory, SourceText text)
    {
        string? entry = factory switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.Text,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 1 } wrapped =>
                wrapped.ParameterList.Parameters[0].Identifier.Text,
            _ => null,
        };
        if (entry is null or "_" || factory is not LambdaExpressionSyntax lambda)
            return null;
        return lambda switch
        {
            { Block: { Statements.Count: > 0 } block } => Insert(
                block.Statements[0].SpanStart, $"{entry}.Size = 1;{Gap(block.Statements[0], block.OpenBraceToken, text)}"),
            { ExpressionBody: { } body } => new TextChange(body.Span, $"{{ {entry}.Size = 1; return {body}; }}"),
            _ => null,
        };
    }

    /// <summary>What stands between two parts: a space, or a new line as deep as the part.</summary>
    private static string Gap(SyntaxNode part, SyntaxToken brace, SourceText text)
    {
        TextLine line = text.Lines.GetLineFromPosition(part.SpanStart);
        if (line.LineNumber == text.Lines.GetLineFromPosition(brace.SpanStart).LineNumber)
            return " ";
        string start = text.ToString(TextSpan.FromBounds(line.Start, part.SpanStart));
        string lineBreak = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return string.IsNullOrWhiteSpace(start) ? lineBreak + start : " ";
    }

    private static TextChange Insert(int position, string added) => new(new TextSpan(position, 0), added);
}
