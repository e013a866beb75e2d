using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2010: a rented array is kept as long as a connection lives, idle or not.</summary>
internal sealed class RentPerOperationNotPerConnection : IOwnershipRule<ArrayPools>
{
    private const string LeastBytesKey = "fragguard.FG2010.min_bytes";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2010",
        title: "Rent for an operation, not for a connection",
        message: "'{0}' keeps a rented array{1} in '{2}' until it is disposed: every open connection, idle ones too, holds one "
            + "that the pool must allocate anew for others; rent it when data arrives and return it after, or allocate it with 'new'",
        category: Category.Pools,
        severity: DiagnosticSeverity.Info,
        description: "A pool saves allocations when arrays come back soon. One that is kept for the life of a connection is an "
            + "allocation rounded up to a power of two, and when many connections close at once the pool drops what it cannot keep.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        if (member.Owner.ContainingType is not { } type || !ConnectionTypes.Contain(type, member.Options))
            return;

        int leastBytes = OptionValues.Count(member.Options, LeastBytesKey) ?? 1_024;
        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (StoredIn(member, fate.Site) is not { IsStatic: false } field || !SymbolEqualityComparer.Default.Equals(field.ContainingType, type))
                continue;
            if (RentCall.Of(fate.Site, member) is not { } rent || Bytes(rent) < leastBytes)
                continue;
            if (new FieldReturns(member.Protocol.Bodies, member.Protocol).AreOnlyAtTheEnd(field))
                member.Report(Diagnostic.Create(Rule, rent.Call.Syntax.GetLocation(), type.Name, Size(rent), field.Name));
        }
    }

    /// <summary>The field of this object that the array is stored in, and nothing else.</summary>
    private static IFieldSymbol? StoredIn(OwnershipMember<ArrayPools> member, IOperation site)
    {
        OwnershipEvent[] escapes = member.Facts.Events
            .Where(step => step.Site == site && step.Kind == OwnershipEventKind.Escaped)
            .ToArray();
        if (escapes.Length != 1)
            return null;

        // In a graph the target of ??= is not the field itself any more.
        IOperation? written = member.Body.DescendantsAndSelf()
            .FirstOrDefault(operation => operation is IAssignmentOperation && operation.Syntax == escapes[0].Operation.Syntax);
        return ((written ?? escapes[0].Operation) as IAssignmentOperation)?.Target is IFieldReferenceOperation
            {
                Instance: IInstanceReferenceOperation, Field: { Type: IArrayTypeSymbol } field,
            }
                ? field
                : null;
    }

    private static long? Bytes(RentCall rent) => rent.HandedOut * rent.ElementBytes;

    private static string Size(RentCall rent) =>
        Bytes(rent) is { } bytes ? string.Format(CultureInfo.InvariantCulture, " of {0:N0} bytes", bytes) : "";
}
