using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Locals and parameters that live on in a closure or in the object; what is stored there has escaped.</summary>
internal sealed class CapturedVariables
{
    private static readonly ConditionalWeakTable<IOperation, CapturedVariables> Known = new();

    private readonly HashSet<ISymbol> _captured = new(SymbolEqualityComparer.Default);
    private readonly ISymbol _owner;

    private CapturedVariables(IOperation body, ISymbol owner)
    {
        _owner = owner;
        Stack<(IOperation Operation, ISymbol? Function)> open = new();
        open.Push((body, null));
        while (open.Count > 0)
        {
            (IOperation operation, ISymbol? function) = open.Pop();
            function = FunctionOf(operation) ?? function;
            Note(operation, function);
            foreach (IOperation child in operation.ChildOperations)
                open.Push((child, function));
        }
    }

    /// <summary>Those of one body, read once for all functions in it.</summary>
    /// <param name="owner">The method, or the member whose initializer the body is.</param>
    public static CapturedVariables In(IOperation body, ISymbol owner)
    {
        if (!Known.TryGetValue(body, out CapturedVariables? known))
            known = Known.GetValue(body, other => new CapturedVariables(other, owner));
        return SymbolEqualityComparer.Default.Equals(known._owner, owner) ? known : new CapturedVariables(body, owner);
    }

    public bool Contains(ISymbol variable) => _captured.Contains(variable);

    private static ISymbol? FunctionOf(IOperation operation) => operation switch
    {
        IAnonymousFunctionOperation anonymous => anonymous.Symbol,
        ILocalFunctionOperation local => local.Symbol,
        _ => null,
    };

    private void Note(IOperation operation, ISymbol? function)
    {
        switch (operation)
        {
            case ILocalReferenceOperation { Local: var local }:
                if (function is not null && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function))
                    _captured.Add(local);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                // A primary constructor's parameter belongs to the object, not to the method that names it.
                ISymbol? owner = function ?? (ExtensionBlocks.IsReceiver(parameter) ? _owner.ContainingType : _owner);
                if (!SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, owner))
                    _captured.Add(parameter);
                break;
        }
    }
}
