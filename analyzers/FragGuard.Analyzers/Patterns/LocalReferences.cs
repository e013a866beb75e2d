using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Where one body, with the functions in it, gives its locals their first value and where it names them.</summary>
internal sealed class LocalReferences
{
    private static readonly ConditionalWeakTable<IOperation, LocalReferences> Known = new();

    private readonly Dictionary<ISymbol, List<ILocalReferenceOperation>> _references = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation> _initialValues = new(SymbolEqualityComparer.Default);

    private LocalReferences(IOperation body)
    {
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            if (operation.Kind == OperationKind.LocalReference)
                Add((ILocalReferenceOperation)operation);
            else if (operation is IVariableDeclaratorOperation { Initializer.Value: { } initial } declarator)
                _initialValues[declarator.Symbol] = initial;
        }
    }

    /// <summary>Those of one body, read once for all who ask.</summary>
    public static LocalReferences In(IOperation body) =>
        Known.TryGetValue(body, out LocalReferences? known) ? known : Known.GetValue(body, Gathered);

    /// <summary>In the order in which they are written; none for a local of another body.</summary>
    public IReadOnlyList<ILocalReferenceOperation> To(ILocalSymbol local) =>
        _references.TryGetValue(local, out List<ILocalReferenceOperation>? references) ? references : [];

    /// <summary>The value it is declared with, or null.</summary>
    public IOperation? InitialValueOf(ILocalSymbol local) => _initialValues.TryGetValue(local, out IOperation? value) ? value : null;

    private static LocalReferences Gathered(IOperation body) => new(body);

    private void Add(ILocalReferenceOperation reference)
    {
        if (!_references.TryGetValue(reference.Local, out List<ILocalReferenceOperation>? references))
            _references.Add(reference.Local, references = []);
        references.Add(reference);
    }
}
