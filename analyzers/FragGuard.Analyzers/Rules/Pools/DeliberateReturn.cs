using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// Tells a return that depends on a condition for a reason from one that was forgotten elsewhere: the condition may know
/// whether there is an array to return, who owns it by now, or whether the pool should have it.
/// </summary>
internal static class DeliberateReturn
{
    public static bool Is(OwnershipFate fate, OwnershipMember<ArrayPools> member)
    {
        IOperation rent = fate.Site;
        Surroundings? rented = Surroundings.Of(rent, member.Written);
        foreach (OwnershipEvent step in member.AllFacts.Events.Where(step => step.IsReturn && step.Site == rent))
        {
            if (!step.IsCertain || Surroundings.Of(step.Operation, member.Written) is not { } returned)
                return true;

            IOperation[] choices = returned.ChoicesApartFrom(rent).ToArray();
            if (choices.Length == 0)
                continue;
            if (rented is null || rented.ChoicesApartFrom(step.Operation).Any())
                return true;
            if (choices.OfType<IConditionalOperation>().Any(choice => KnowsOwner(choice.Condition, member.Body)))
                return true;
        }

        return false;
    }

    private static bool KnowsOwner(IOperation condition, IOperation body)
    {
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation)
            condition = negation.Operand;
        IOperation value = AssignedOnce.Resolve(condition, body);
        return value is IFieldReferenceOperation or IPropertyReferenceOperation
            || (value is ILocalReferenceOperation { Local.Type.SpecialType: SpecialType.System_Boolean })
            || value.DescendantsAndSelf().Any(part =>
                part is ILocalReferenceOperation or IParameterReferenceOperation && part.Type is IArrayTypeSymbol);
    }
}
