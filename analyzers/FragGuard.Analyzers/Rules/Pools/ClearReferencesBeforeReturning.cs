using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2012: an array of references goes back to its pool without a word about clearing it.</summary>
internal sealed class ClearReferencesBeforeReturning : IOwnershipRule<ArrayPools>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2012",
        title: "Clear references before returning their array",
        message: "The array goes back to the pool with its references to '{0}', and the objects behind them stay alive as "
            + "long as the pool keeps it; clear the part that was used, pass 'clearArray: true', or say 'clearArray: false' "
            + "when they may stay",
        category: Category.Pools,
        severity: DiagnosticSeverity.Info,
        description: "A pool keeps its arrays for long, and their elements keep what they refer to: objects that died with "
            + "the method otherwise grow old with the pool.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        HashSet<IOperation> cleared = new(member.Facts.Events.Where(step => ClearingUses.Clears(step, member.Body)).Select(step => step.Site));
        HashSet<SyntaxNode> reported = [];
        foreach (OwnershipEvent step in member.Facts.Events)
        {
            if (step is not { Kind: OwnershipEventKind.Returned, Operation: IInvocationOperation call })
                continue;
            if ((step.Before & (OwnershipStates.Escaped | OwnershipStates.Unknown)) != OwnershipStates.None)
                continue; // Whoever else refers to the array may have cleared it.
            if (cleared.Contains(step.Site) || !LeavesClearingOpen(call, member.Protocol) || ElementOf(call) is not { } element)
                continue;
            if (References.AreIn(element) && reported.Add(call.Syntax))
                member.Report(Diagnostic.Create(
                    Rule, call.Syntax.GetLocation(), element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        }
    }

    /// <summary>True for a Return of the framework's own pool type without the second argument.</summary>
    private static bool LeavesClearingOpen(IInvocationOperation call, ArrayPools protocol) =>
        protocol.IsPool(call.TargetMethod.ContainingType)
        && call.Arguments.Any(argument => argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter.Ordinal: 1 });

    private static ITypeSymbol? ElementOf(IInvocationOperation call) =>
        call.TargetMethod.Parameters[0].Type is IArrayTypeSymbol array ? array.ElementType : null;
}
