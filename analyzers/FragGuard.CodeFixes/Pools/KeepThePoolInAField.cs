using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.Pools;

/// <summary>FG2014: the pool moves into a <c>private static readonly</c> field of the type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepThePoolInAField))]
public sealed class KeepThePoolInAField : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public KeepThePoolInAField()
        : base("Keep one pool in a static field", "FG2014")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax creation
            || model?.GetOperation(creation, cancellationToken) is not { } operation
            || !StaticPool.CanBe(operation)
            || OwnerOf(creation) is not var (type, member))
        {
            return null;
        }

        List<TextChange>? uses = creation.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            ? ChangesOfLocal(declarator, member, model, cancellationToken, out string name)
            : ChangesInPlace(creation, member, out name);
        if (uses is null)
            return null;

        name = UnusedName(name, creation, type, member, model);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        string poolType = (operation.Type ?? model.Compilation.ObjectType).ToMinimalDisplayString(model, member.SpanStart);
        int at = member.GetFirstToken().GetLocation().SourceSpan.Start;
        string indent = text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(at).Start, at));
        if (indent.Trim().Length > 0)
            return null;
        string newLine = text.ToString(TextSpan.FromBounds(
            text.Lines.GetLineFromPosition(at).End, text.Lines.GetLineFromPosition(at).EndIncludingLineBreak));
        int before = DocumentationStart(member, text, at);
        List<TextChange> changes = uses.ConvertAll(change => change.NewText is "" ? change : new(change.Span, name));
        changes.Add(new(
            new TextSpan(before, 0),
            $"{indent}private static readonly {poolType} {name} = {creation.WithoutTrivia()};{newLine}{newLine}"));
        return document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }

    /// <summary>The class or struct that takes the field, and its member around the creation, before which the field is put.</summary>
    private static (TypeDeclarationSyntax Type, MemberDeclarationSyntax Member)? OwnerOf(SyntaxNode creation)
    {
        MemberDeclarationSyntax? member = creation.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is MethodDeclarationSyntax or PropertyDeclarationSyntax
            && !member.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
            && member.Parent is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax
            ? ((TypeDeclarationSyntax)member.Parent, member)
            : null;
    }

    private static List<TextChange>? ChangesInPlace(SyntaxNode creation, MemberDeclarationSyntax member, out string name)
    {
        name = member is MethodDeclarationSyntax method ? method.Identifier.Text + "Pool" : "SharedPool";
        return [new(creation.Span, "?")];
    }

    /// <summary>The declaration goes, and every reference is renamed.</summary>
    private static List<TextChange>? ChangesOfLocal(
        VariableDeclaratorSyntax declarator,
        MemberDeclarationSyntax member,
        SemanticModel model,
        CancellationToken cancellationToken,
        out string name)
    {
        name = char.ToUpperInvariant(declarator.Identifier.ValueText[0]) + declarator.Identifier.ValueText.Substring(1);
        if (declarator.Parent?.Parent is not LocalDeclarationStatementSyntax
            {
                Declaration.Variables.Count: 1, UsingKeyword.RawKind: (int)SyntaxKind.None, Parent: BlockSyntax,
            } statement
            || statement.ContainsDirectives
            || statement.DescendantTrivia(descendIntoTrivia: true).Any(IsComment)
            || model.GetDeclaredSymbol(declarator, cancellationToken) is not ILocalSymbol local)
        {
            return null;
        }

        List<TextChange> changes = [new(TextSpan.FromBounds(statement.FullSpan.Start, EndWithBlankLines(statement)), "")];
        foreach (IdentifierNameSyntax reference in member.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (string.Equals(reference.Identifier.ValueText, local.Name, StringComparison.Ordinal)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(reference, cancellationToken).Symbol, local))
            {
                changes.Add(new(reference.Span, "?"));
            }
        }

        return changes;
    }

    /// <summary>The first statement of a block takes the blank lines below along.</summary>
    private static int EndWithBlankLines(StatementSyntax statement)
    {
        int end = statement.FullSpan.End;
        if (((BlockSyntax)statement.Parent!).Statements[0] != statement)
            return end;
        foreach (SyntaxTrivia trivia in statement.GetLastToken().GetNextToken().LeadingTrivia)
        {
            if (!trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                break;
            end = trivia.FullSpan.End;
        }

        return end;
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>A name that no member of the type and nothing inside the member has; two findings of one type get two names.</summary>
    private static string UnusedName(
        string name, SyntaxNode creation, TypeDeclarationSyntax type, MemberDeclarationSyntax member, SemanticModel model)
    {
        bool isShared = type.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Count(other => string.Equals(other.Identifier.ValueText, name, StringComparison.OrdinalIgnoreCase)) > 1;
        if (isShared && member is MethodDeclarationSyntax method)
            name = method.Identifier.Text + name;
        HashSet<string> taken = new(
            model.LookupSymbols(creation.SpanStart).Select(symbol => symbol.Name)
                .Concat(type.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)),
            StringComparer.Ordinal);
        string candidate = name;
        for (int number = 2; taken.Contains(candidate); number++)
            candidate = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return candidate;
    }

    /// <summary>The start of the line on which the member starts, its comments included.</summary>
    private static int DocumentationStart(MemberDeclarationSyntax member, SourceText text, int at)
    {
        SyntaxTrivia first = member.GetLeadingTrivia().FirstOrDefault(IsComment);
        int start = first.RawKind == 0 ? at : first.FullSpan.Start;
        return text.Lines.GetLineFromPosition(start).Start;
    }
}
