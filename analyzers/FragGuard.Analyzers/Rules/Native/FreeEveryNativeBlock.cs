using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>FG4001: a native block is freed on no path, or not before an early way out of the method.</summary>
internal sealed class FreeEveryNativeBlock : IOwnershipRule<NativeBlocks>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG4001",
        title: "Free every native block",
        message: "The block from '{0}' is {1}, so {2} that no garbage collector frees; call '{3}' {4}",
        category: Category.Native,
        severity: DiagnosticSeverity.Warning,
        description: "Native memory has no garbage collector: a block without a free stays until the process ends, and "
            + "the live blocks around it keep the allocator from giving whole pages back.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<NativeBlocks> member)
    {
        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (fate.Site is not IInvocationOperation call || !member.Protocol.Acquires(call))
                continue;

            if (fate.AtEnd == OwnershipStates.Rented)
                Report(member, call, exit: null);
            else if (fate.AtEnd == (OwnershipStates.Rented | OwnershipStates.Returned)
                && EarlyExit.WithoutReturn(member.Facts, call) is { } exit)
                Report(member, call, exit);
        }
    }

    private static void Report(OwnershipMember<NativeBlocks> member, IInvocationOperation call, SyntaxNode? exit)
    {
        NativeFamily family = member.Protocol.AllocatedBy(call.TargetMethod)!.Value;
        int line = (exit?.GetLocation().GetLineSpan().StartLinePosition.Line ?? 0) + 1;
        member.Report(Diagnostic.Create(
            Rule,
            call.Syntax.GetLocation(),
            AcquisitionText.MethodOf(call.TargetMethod),
            exit is null ? "freed on no path" : $"not freed where line {line} leaves",
            Loss(BytesOf(call, member.Body)),
            NativeBlocks.FreeOf(family),
            exit is null ? "after its last use" : "before that line too"));
    }

    private static string Loss(long? bytes) => bytes is { } known
        ? string.Format(CultureInfo.InvariantCulture, "each such call loses {0:N0} bytes", known)
        : "each such call loses a block";

    /// <summary>The size asked for, or null when it is not constant or the block takes its size from a string.</summary>
    private static long? BytesOf(IInvocationOperation call, IOperation body)
    {
        long bytes = 1;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "cb" or "byteCount" or "elementCount" or "elementSize":
                    if (Constant(argument.Value, body) is not { } factor)
                        return null;
                    bytes *= factor;
                    break;
                case "s":
                    return null;
            }
        }

        return bytes > 1 ? bytes : null;
    }

    private static int? Constant(IOperation operation, IOperation body)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        operation = AssignedOnce.Resolve(operation, body);
        return operation.ConstantValue switch
        {
            { HasValue: true, Value: int number } => number,
            { HasValue: true, Value: uint number and <= int.MaxValue } => (int)number,
            _ => null,
        };
    }
}
