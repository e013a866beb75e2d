using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Finds the names of the methods that rent an array for their caller, without binding what does not mention renting.</summary>
internal static class RentingNames
{
    private const Mentioned Renting = Mentioned.Rent | Mentioned.RentsAnnotation;

    /// <summary>Mentions of the names of all <see cref="RentingMethods"/>; null when a referenced assembly may have annotated any.</summary>
    public static CompilationMentions? Mentions(
        KnownSymbols symbols, CompilationMentions mentions, RentingMethods methods, CancellationToken cancellation)
    {
        if (symbols.HasAnnotatedReferences)
            return null;
        Compilation compilation = symbols.Compilation;

        HashSet<string> names = new(StringComparer.Ordinal);
        HashSet<SyntaxNode> seen = [];
        CompilationMentions found = CompilationMentions.None;
        CompilationMentions open = mentions;
        for (int depth = 0; depth < RentingMethods.MaximumDepth; depth++)
        {
            int known = names.Count;
            names.UnionWith(open.Places(Renting)
                .SelectMany(place => MethodsAround(place.Tree, place.Start, cancellation))
                .Where(seen.Add)
                .Select(method => compilation.GetSemanticModel(method.SyntaxTree).GetDeclaredSymbol(method, cancellation))
                .OfType<IMethodSymbol>()
                .Where(methods.Contains)
                .Select(method => method.Name));
            if (names.Count == known)
                break;
            found = open = CompilationMentions.Of(
                compilation, new Vocabulary(names.Select(name => (name, Mentioned.Rent)).ToArray()), cancellation);
        }

        return found;
    }

    /// <summary>False when the syntax tells that no method of the compilation rents for its caller.</summary>
    public static bool MayBeAny(CompilationMentions mentions) =>
        mentions.Places(Renting).Any(place => MethodsAround(place.Tree, place.Start, CancellationToken.None).Any());

    private static IEnumerable<SyntaxNode> MethodsAround(SyntaxTree tree, int start, CancellationToken cancellation) =>
        tree.GetRoot(cancellation).FindToken(start) is var token && token.Span.Contains(start)
            ? token.Parent!.AncestorsAndSelf().Where(node => CanReturnArray(node switch
            {
                MethodDeclarationSyntax method => method.ReturnType,
                LocalFunctionStatementSyntax function => function.ReturnType,
                _ => null,
            }))
            : [];

    private static bool CanReturnArray(TypeSyntax? type) => type is ArrayTypeSyntax or NullableTypeSyntax or IdentifierNameSyntax;
}
