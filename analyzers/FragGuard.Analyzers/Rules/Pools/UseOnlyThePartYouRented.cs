using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2007: a rented array is taken for data as a whole, although it is longer than what was asked for.</summary>
internal sealed class UseOnlyThePartYouRented : IOwnershipRule<ArrayPools>
{
    /// <summary>Source text of the length asked for, where it still has that value at the finding.</summary>
    internal const string DataLengthKey = "fragguard.dataLength";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2007",
        title: "Use only the part you rented",
        message: "{0} takes the whole rented array '{1}' for data, {2}; pass only the part that holds data{3}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A rented array is at least as long as asked for, mostly longer, and keeps what its last user left in it. "
            + "What takes all of it writes, hashes or compares that too.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        if (member.Graph.Parent is not null)
            return; // Lambdas and local functions are part of the body around them.

        RentedValues values = new(member.Body, member.Protocol);
        WholeArrayReads reads = new(values);
        FilledArrays? filled = null;
        foreach (WholeArrayReads.Read read in reads.In(member.Body))
        {
            filled ??= new FilledArrays(member.Body, values);
            if (read.Rents.Any(rent => filled.Contains(rent) || LengthsOfPools.MayBeOne(rent, values)))
                continue;
            RentCall?[] rents = read.Rents.Select(rent => RentCall.Of(rent, member)).ToArray();
            if (rents.All(rent => rent is not null && !LengthsOfPools.IsOne(rent.Elements)))
                Report(member, read, rents[0]!, values);
        }
    }

    private static void Report(OwnershipMember<ArrayPools> member, WholeArrayReads.Read read, RentCall rent, RentedValues values)
    {
        IOperation asked = rent.Call.Arguments[0].Value;
        string? length = read.Rents.Count == 1 && values.KeepsItsValue(asked) ? asked.Syntax.ToString() : null;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (length is not null && !CountedReads.Exist(member.Body, read.Rents, values))
            properties = properties.Add(DataLengthKey, length);
        string name = read.Value.Syntax.ToString();
        member.Report(Diagnostic.Create(
            Rule,
            read.Value.Syntax.GetLocation(),
            properties,
            read.Reader,
            name,
            Excess(rent),
            length is null ? "" : $", the first {length} elements at most"));
    }

    private static string Excess(RentCall rent) => rent is { Elements: { } asked, HandedOut: { } length }
        ? string.Format(
            CultureInfo.InvariantCulture, "{0:N0} elements where {1:N0} were asked for, the rest left by earlier users", length, asked)
        : "which is longer than asked for, the rest left by earlier users";
}
