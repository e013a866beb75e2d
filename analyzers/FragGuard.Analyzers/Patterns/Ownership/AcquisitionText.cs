using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>How a message names the place a resource comes from.</summary>
internal static class AcquisitionText
{
    private const int Longest = 60; // characters

    /// <summary>The receiver of the call as written when it is short, and its type otherwise.</summary>
    public static string NameOf(IInvocationOperation call) =>
        Short(call.Instance) ?? call.TargetMethod.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The value as written when it is short, and its type otherwise.</summary>
    public static string ShortForm(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        return Short(value) ?? value.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "an object";
    }

    /// <summary>The called method with its type, as in <c>Marshal.AllocHGlobal</c>.</summary>
    public static string MethodOf(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";

    private static string? Short(IOperation? value) =>
        value?.Syntax.ToString() is { Length: <= Longest } text && text.IndexOf('\n') < 0 ? text : null;
}
