using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Locals and parameters that live on in a closure or in the object; what is stored there has escaped.</summary>
internal sealed class CapturedVariables
{
    private readonly HashSet<ISymbol> _captured = new(SymbolEqualityComparer.Default);
    private readonly ISymbol _owner;

    public CapturedVariables(IOperation body, ISymbol owner)
    {
        _owner = owner;
        Visit(body, function: null);
    }

    public bool Contains(ISymbol variable) => _captured.Contains(variable);

    private void Visit(IOperation operation, ISymbol? function)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation anonymous:
                function = anonymous.Symbol;
                break;
            case ILocalFunctionOperation local:
                function = local.Symbol;
                break;
            case ILocalReferenceOperation { Local: var local }:
                if (function is not null && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function))
                    _captured.Add(local);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                // A primary constructor's parameter belongs to the object, not to the method that names it.
                if (!SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function ?? _owner))
                    _captured.Add(parameter);
                break;
        }

        foreach (IOperation child in operation.ChildOperations)
            Visit(child, function);
    }
}
