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

    /// <summary>
    /// True for the static method of the class around a block that the compiler makes of a method of the block:
    /// <c>Extensions.Finish(a)</c> is <c>a.Finish()</c>.
    /// </summary>
    public static bool Makes(IMethodSymbol method) =>
        method is { IsStatic: true, IsImplicitlyDeclared: true, ContainingType: { IsStatic: true, CanBeReferencedByName: true } };

    /// <summary>The method of a block that such a static one is made of; null where it could be several.</summary>
    public static IMethodSymbol? WrittenAs(IMethodSymbol made)
    {
        IMethodSymbol[] written = [.. made.ContainingType.GetTypeMembers()
            .Where(type => !type.CanBeReferencedByName)
            .SelectMany(type => type.GetMembers(made.Name))
            .OfType<IMethodSymbol>()
            .Where(method => Declares(method) && method.Parameters.Length == made.Parameters.Length - 1)];
        return written.Length == 1 ? written[0] : null;
    }

    /// <summary>The receiver that the body of a block's method names, or null when it names none.</summary>
    public static IParameterSymbol? ReceiverIn(IOperation body) => body.Descendants()
        .OfType<IParameterReferenceOperation>()
        .Select(reference => reference.Parameter)
        .FirstOrDefault(IsReceiver);
}
