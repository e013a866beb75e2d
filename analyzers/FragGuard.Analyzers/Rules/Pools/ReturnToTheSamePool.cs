using System;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2006: what is returned is not what was rented from that pool.</summary>
internal sealed class ReturnToTheSamePool : IOwnershipRule<ArrayPools>
{
    internal const string RightArrayKey = "fragguard.rightArray";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2006",
        title: "Return the rented array to the pool it came from",
        message: "'{0}' returns {1}; {2}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A pool that gets foreign arrays throws, or keeps them instead of its own; the pool that lent an array "
            + "and does not get it back allocates another one.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        if (member.Protocol.IsPoolOrDerived(member.Owner.ContainingType))
            return; // A pool fills itself.

        foreach (IInvocationOperation call in ReturnCalls.In(member))
        {
            IOperation array = member.Protocol.GivenBackBy(call)!;
            if (GrownArray.ReturnedBy(call, member) is { } growth)
                ReportGrowth(member, call, array, growth);
            else if (OriginOf(AssignedOnce.Resolve(array, member.Body)) is { } origin)
                Report(member, call, origin, "return only what was rented", RentedInstead(array, member));
            else if (OtherPool(member, call) is { } rent)
                Report(
                    member,
                    call,
                    $"an array to another pool than '{SourceText.Of(rent)}' in line {SourceText.LineOf(rent)} rented it from",
                    "return it to the pool that lent it");
        }
    }

    private static void ReportGrowth(
        OwnershipMember<ArrayPools> member, IInvocationOperation call, IOperation array, GrownArray growth)
    {
        string old = growth.Old.Syntax.ToString();
        string remedy = growth.IsOldAtReturn ? $"return '{old}' instead" : "keep the old array in a local, and return that";
        Report(
            member, call, $"'{array.Syntax}', the new array that stays in use, and never the old one", remedy,
            growth.IsOldAtReturn ? old : null);
    }

    /// <summary>What an array is that no pool has lent, or null when that is not certain.</summary>
    private static string? OriginOf(IOperation value) => value switch
    {
        IConversionOperation { OperatorMethod: null } conversion => OriginOf(conversion.Operand),
        IArrayCreationOperation { DimensionSizes: var sizes } when !sizes.Any(IsZero) => "an array made with 'new'",
        ICollectionExpressionOperation { Elements.IsEmpty: false } => "an array made by a collection expression",
        IInvocationOperation { TargetMethod: { Name: "ToArray" } copy } when IsOfRuntime(copy) => "a copy made with 'ToArray'",
        IInvocationOperation { TargetMethod: { Name: "AllocateArray" or "AllocateUninitializedArray" } made }
            when string.Equals(made.ContainingType.Name, "GC", StringComparison.Ordinal) => $"an array made with 'GC.{made.Name}'",
        _ => null,
    };

    private static bool IsZero(IOperation size) => size.ConstantValue is { HasValue: true, Value: 0 };

    private static bool IsOfRuntime(IMethodSymbol method) =>
        method.ContainingNamespace?.ToDisplayString() is { } name
        && (string.Equals(name, "System", StringComparison.Ordinal) || name.StartsWith("System.", StringComparison.Ordinal));

    /// <summary>The certain rent of the array, when its pool and the one of the return are known and differ.</summary>
    private static IInvocationOperation? OtherPool(OwnershipMember<ArrayPools> member, IInvocationOperation call)
    {
        OwnershipEvent[] steps = member.Facts.Events
            .Where(step => step.Kind == OwnershipEventKind.Returned && step.Operation.Syntax == call.Syntax).ToArray();
        if (steps.Length != 1 || !steps[0].IsCertain || steps[0].Site is not IInvocationOperation rent
            || (steps[0].Before & OwnershipStates.Unknown) != OwnershipStates.None)
        {
            return null;
        }

        return PoolOf(rent) is { } lender && PoolOf(call) is { } receiver && lender != receiver ? rent : null;

        PoolIdentity? PoolOf(IInvocationOperation user) =>
            Surroundings.Of(user, member.Written)?.Written is IInvocationOperation written
                ? PoolIdentity.Of(written.Instance, member.Body, member.Protocol, member.Cancellation)
                : null;
    }

    /// <summary>The one rented local of the same type that is returned nowhere, or null.</summary>
    private static string? RentedInstead(IOperation array, OwnershipMember<ArrayPools> member)
    {
        string[] names = member.Facts.Fates
            .Where(fate => fate is { AtEnd: OwnershipStates.Rented, IsCertain: true }
                && SymbolEqualityComparer.Default.Equals(fate.Site.Type, array.Type))
            .Select(fate => Surroundings.Of(fate.Site, member.Written)?.Written.Parent is
                IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol.Name : "")
            .ToArray();
        return names.Length == 1 && names[0].Length > 0 ? names[0] : null;
    }

    private static void Report(
        OwnershipMember<ArrayPools> member, IInvocationOperation call, string what, string remedy, string? rightArray = null)
    {
        ImmutableDictionary<string, string?> properties = rightArray is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(RightArrayKey, rightArray);
        member.Report(Diagnostic.Create(Rule, call.Syntax.GetLocation(), properties, SourceText.Of(call), what, remedy));
    }
}
