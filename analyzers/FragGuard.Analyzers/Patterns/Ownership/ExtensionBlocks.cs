using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// The <c>extension(T receiver) { … }</c> blocks of C# 14, whose methods are called on the receiver. Compilers before it know
/// no word for them: they are types without a name inside a static class.
/// </summary>
internal static class ExtensionBlocks
{
    public static bool Declares(IMethodSymbol method) =>
        method is { IsStatic: false, ContainingType: { CanBeReferencedByName: false, ContainingType.IsStatic: true } };

    /// <summary>True for the receiver of a block, which belongs to all of its methods.</summary>
    public static bool IsReceiver(IParameterSymbol parameter) => parameter.ContainingSymbol is INamedTypeSymbol { CanBeReferencedByName: false };

    /// <summary>The receiver that the body of a block's method names, or null when it names none.</summary>
    public static IParameterSymbol? ReceiverIn(IOperation body) => body.Descendants()
        .OfType<IParameterReferenceOperation>()
        .Select(reference => reference.Parameter)
        .FirstOrDefault(IsReceiver);
}
