using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>Tells whether a pointer can come from nowhere but one family: by every value its variable is ever given.</summary>
internal sealed class BlockOrigin
{
    private readonly NativeBlocks _blocks;
    private readonly IOperation _body;
    private readonly NativeFamily _family;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    public BlockOrigin(NativeBlocks blocks, IOperation body, NativeFamily family)
    {
        _blocks = blocks;
        _body = body;
        _family = family;
    }

    /// <summary>True when the block that the call frees or resizes can be of the family only.</summary>
    public bool IsCertain(IInvocationOperation free) =>
        _blocks.GivenBackBy(free) is { } pointer && IsCertain(pointer, free);

    private bool IsCertain(IOperation pointer, IInvocationOperation free)
    {
        while (pointer is IConversionOperation conversion)
            pointer = conversion.Operand;
        return pointer switch
        {
            IInvocationOperation call => call.Syntax == free.Syntax || _blocks.AllocatedBy(call.TargetMethod) == _family,
            ILocalReferenceOperation { Local: { } local } =>
                !_seen.Add(local) || ValuesOf(local).All(value => IsNothing(value) || IsCertain(value, free)),
            _ => false,
        };
    }

    private static bool IsNothing(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IDefaultValueOperation
            || value.ConstantValue.HasValue
            || value is IFieldReferenceOperation { Field: { Name: "Zero", IsStatic: true } };
    }

    private IEnumerable<IOperation> ValuesOf(ILocalSymbol local)
    {
        foreach (IOperation operation in _body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer: { } initializer } declarator when Is(declarator.Symbol, local):
                    yield return initializer.Value;
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when Is(target.Local, local):
                    yield return assignment.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } change when Is(target.Local, local):
                    yield return change; // Arithmetic and deconstruction: no address that a free expects.
                    break;
            }
        }
    }

    private static bool Is(ILocalSymbol other, ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(other, local);
}
