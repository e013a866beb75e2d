using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What is known of the methods of one compilation, shared by all members that call them.</summary>
internal sealed class CalleeSummaries
{
    private readonly ConcurrentDictionary<ISymbol, CalleeSummary> _borrowing = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, CalleeSummary> _transferring = new(SymbolEqualityComparer.Default);

    /// <summary>By parameter, or by method for what it is called on: the summaries under the option that passing means handing over, or those without it.</summary>
    public ConcurrentDictionary<ISymbol, CalleeSummary> Under(OwnershipOptions options) =>
        options.TransferAtMethodCall ? _transferring : _borrowing;
}
