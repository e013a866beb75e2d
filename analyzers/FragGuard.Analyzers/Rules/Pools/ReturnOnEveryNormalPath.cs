using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2002: an array is returned on some paths and dropped on another.</summary>
internal sealed class ReturnOnEveryNormalPath : IOwnershipRule<ArrayPools>
{
    private const OwnershipStates RentedOrReturned = OwnershipStates.Rented | OwnershipStates.Returned;

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2002",
        title: "Return on every normal path",
        message: "The array rented from '{0}' is returned, but {1}, where {2} to the garbage collector; return it there too",
        category: Category.Pools,
        severity: DiagnosticSeverity.Info,
        description: "A method that returns its rented array on some paths and forgets it on another makes the pool "
            + "allocate a replacement each time that path is taken.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        bool judgesThrows = OwnershipOptions.Read(member.Options).JudgesThrows;
        foreach (OwnershipFate fate in member.AllFacts.Fates)
        {
            OwnershipStates everywhere = judgesThrows ? fate.AtEnd | fate.AtThrow : fate.AtEnd;
            OwnershipStates judged = judgesThrows ? everywhere : fate.AtNormalEnd;
            if (everywhere != RentedOrReturned || !fate.IsCertain || (judged & OwnershipStates.Rented) == OwnershipStates.None)
                continue;
            if (RentCall.Of(fate, member) is not { IsEmpty: false } rent || DeliberateReturn.Is(fate, member))
                continue;

            Report(member, rent, fate);
        }
    }

    private static void Report(OwnershipMember<ArrayPools> member, RentCall rent, OwnershipFate fate)
    {
        SyntaxNode[] exits = fate.LeakingExits
            .Select(block => block.BranchValue?.Syntax)
            .OfType<SyntaxNode>()
            .Where(exit => !IsOfLoop(exit))
            .OrderBy(exit => exit.SpanStart)
            .ToArray();
        IEnumerable<Location> locations = exits.Select(exit => exit.GetLocation());
        string where = (exits.Length, (fate.AtNormalEnd & OwnershipStates.Rented) == OwnershipStates.None) switch
        {
            (_, true) => "not where an exception is thrown",
            ( > 0, _) => string.Format(
                CultureInfo.InvariantCulture, "not where line {0} ends the method", exits[0].GetLocation().GetLineSpan().StartLinePosition.Line + 1),
            _ => "not on every path",
        };
        member.Report(Diagnostic.Create(Rule, rent.Call.Syntax.GetLocation(), locations, rent.PoolName, where, rent.Loss));
    }

    /// <summary>True for what decides whether a loop goes on: it ends the method, but does not forget the array.</summary>
    private static bool IsOfLoop(SyntaxNode exit) =>
        exit.FirstAncestorOrSelf<StatementSyntax>() is
            ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
