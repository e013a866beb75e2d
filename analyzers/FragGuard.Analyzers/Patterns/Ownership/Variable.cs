using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>A place of the method that can hold a resource: a local, a parameter or a flow capture.</summary>
internal readonly record struct Variable(ISymbol? Symbol, CaptureId? Capture)
{
    public static Variable Of(ISymbol symbol) => new(symbol, Capture: null);

    public static Variable Of(CaptureId capture) => new(Symbol: null, capture);
}
