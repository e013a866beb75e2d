using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// A <c>return</c> between the acquisition of a resource and the place that gives it back: one that is reached with the
/// resource for sure, outside of catch clauses, and under no condition that speaks of the resource.
/// </summary>
internal static class EarlyExit
{
    /// <summary>The first such statement, or null when none is certain.</summary>
    public static SyntaxNode? WithoutReturn(OwnershipFacts facts, IOperation site)
    {
        if (site.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } acquisition)
            return null;

        List<SyntaxNode> givesBack = facts.Events
            .Where(step => step.Site == site && step.Kind is not (OwnershipEventKind.Acquired or OwnershipEventKind.Used or OwnershipEventKind.Escaped))
            .Select(step => step.Operation.Syntax)
            .ToList();
        HashSet<string> names = NamesOf(acquisition, block);
        return names.Count == 0
            ? null
            : block.DescendantNodes().OfType<ReturnStatementSyntax>().FirstOrDefault(exit =>
                exit.SpanStart > acquisition.Span.End
                && !Mentions(exit, names)
                && IsReachedUnreturned(exit, acquisition, block, givesBack, names));
    }

    private static bool IsReachedUnreturned(
        SyntaxNode exit, SyntaxNode acquisition, SyntaxNode block, List<SyntaxNode> givesBack, HashSet<string> names)
    {
        for (SyntaxNode inner = exit; inner != block; inner = inner.Parent)
        {
            switch (inner.Parent)
            {
                case null or CatchClauseSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax:
                    return false;
                case TryStatementSyntax { Finally: { } cleanup } when Holds(cleanup, givesBack):
                    return false;
                case IfStatementSyntax choice when Mentions(choice.Condition, names):
                    return false;
                case SwitchStatementSyntax choice when Mentions(choice.Expression, names):
                    return false;
                case WhileStatementSyntax loop when Mentions(loop.Condition, names):
                    return false;
                case ForStatementSyntax { Condition: { } condition } when Mentions(condition, names):
                    return false;
            }

            foreach (SyntaxNode sibling in inner.Parent.ChildNodes())
            {
                bool isBetween = sibling.SpanStart < inner.SpanStart
                    && (inner.Parent != block || sibling.SpanStart > acquisition.SpanStart);
                if (isBetween && Holds(sibling, givesBack))
                    return false;
            }
        }

        return !block.Ancestors().OfType<TryStatementSyntax>()
            .Any(outer => outer.Finally is not null && Holds(outer.Finally, givesBack));
    }

    /// <summary>The variables that the statement gives the resource, and every one made from them.</summary>
    private static HashSet<string> NamesOf(SyntaxNode acquisition, SyntaxNode block)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (SyntaxNode node in acquisition.DescendantNodes())
            AddTarget(node, names);

        int known;
        do
        {
            known = names.Count;
            foreach (SyntaxNode node in block.DescendantNodes())
            {
                if (node is VariableDeclaratorSyntax or AssignmentExpressionSyntax or SingleVariableDesignationSyntax
                    && Mentions(node is SingleVariableDesignationSyntax ? StatementOf(node) : node, names))
                    AddTarget(node, names);
            }
        }
        while (names.Count > known);

        return names;
    }

    private static SyntaxNode StatementOf(SyntaxNode node) => node.FirstAncestorOrSelf<StatementSyntax>() ?? node;

    private static void AddTarget(SyntaxNode node, HashSet<string> names)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax declarator:
                names.Add(declarator.Identifier.ValueText);
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target }:
                names.Add(target.Identifier.ValueText);
                break;
            case SingleVariableDesignationSyntax designation:
                names.Add(designation.Identifier.ValueText);
                break;
        }
    }

    private static bool Mentions(SyntaxNode node, HashSet<string> names) => node.DescendantTokens()
        .Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));

    private static bool Holds(SyntaxNode node, List<SyntaxNode> operations) =>
        operations.Any(operation => node.Span.Contains(operation.Span));
}
