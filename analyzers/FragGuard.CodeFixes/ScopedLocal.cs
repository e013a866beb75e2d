using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.CodeFixes;

/// <summary>
/// A local whose value, and whatever is made from it, is used in its own block only and by nothing that goes on after the
/// statement: no closure, no stored object, no task that is not awaited at once.
/// </summary>
internal sealed class ScopedLocal
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<ISymbol> _derived = new(SymbolEqualityComparer.Default);
    private readonly List<SyntaxNode> _uses = [];

    private ScopedLocal(
        LocalDeclarationStatementSyntax declaration, BlockSyntax block, SemanticModel model, CancellationToken cancellationToken)
    {
        Declaration = declaration;
        Block = block;
        _model = model;
        _cancellationToken = cancellationToken;
    }

    public LocalDeclarationStatementSyntax Declaration { get; }

    public BlockSyntax Block { get; }

    public SyntaxToken Name => Declaration.Declaration.Variables[0].Identifier;

    /// <summary>Every mention of the local and of the locals made from it.</summary>
    public IReadOnlyList<SyntaxNode> Uses => _uses;

    /// <summary>The local that is declared with the value, or null when it may be used elsewhere or later.</summary>
    public static ScopedLocal? From(SyntaxNode value, SemanticModel model, CancellationToken cancellationToken)
    {
        if (value.Parent is not EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax block } declaration,
                    },
                } declarator,
            })
            return null;
        if (block.DescendantNodes().Any(node => node is LabeledStatementSyntax)
            || model.GetDeclaredSymbol(declarator, cancellationToken) is not ILocalSymbol { RefKind: RefKind.None } local)
            return null;

        ScopedLocal scoped = new(declaration, block, model, cancellationToken);
        return scoped.StaysInside(local, isOwner: true) ? scoped : null;
    }

    private bool StaysInside(ISymbol local, bool isOwner)
    {
        if (!_derived.Add(local))
            return true;

        foreach (IdentifierNameSyntax name in Block.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (!string.Equals(name.Identifier.ValueText, local.Name, System.StringComparison.Ordinal)
                || !SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(name, _cancellationToken).Symbol, local))
                continue;
            if (isOwner && name.Parent is not MemberAccessExpressionSyntax)
                return false;
            if (name.Ancestors().TakeWhile(node => node != Block)
                .Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                return false;

            _uses.Add(name);
            if (!StaysInside(name))
                return false;
        }

        return true;
    }

    private bool StaysInside(ExpressionSyntax value)
    {
        while (true)
        {
            if (HoldsNothing(_model.GetTypeInfo(value, _cancellationToken).Type))
                return true;

            switch (value.Parent)
            {
                case ExpressionStatementSyntax:
                    return !IsAwaitable(value) && (HoldsNoObject(value) || IsFluent(value));
                case MemberAccessExpressionSyntax member when member.Expression == value && !IsAwaitable(value):
                    value = member.Parent is InvocationExpressionSyntax call ? call : member;
                    continue;
                case ElementAccessExpressionSyntax element when element.Expression == value:
                    value = element;
                    continue;
                case CastExpressionSyntax or ParenthesizedExpressionSyntax:
                    value = (ExpressionSyntax)value.Parent;
                    continue;
                case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax } argument:
                    value = (ExpressionSyntax)argument.Parent!.Parent!;
                    if (IsAwaitable(value))
                        return AwaitOf(value) is { } awaited && HoldsNothing(_model.GetTypeInfo(awaited, _cancellationToken).Type);
                    continue;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } when IsView(value):
                    return _model.GetDeclaredSymbol(declarator, _cancellationToken) is ILocalSymbol local
                        && StaysInside(local, isOwner: false);
                default:
                    return false;
            }
        }
    }

    /// <summary>The await around a task, with or without <c>ConfigureAwait</c>, or null when it is not awaited at once.</summary>
    private static AwaitExpressionSyntax? AwaitOf(ExpressionSyntax task) => task.Parent switch
    {
        AwaitExpressionSyntax awaited => awaited,
        MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "ConfigureAwait",
            Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax awaited },
        } => awaited,
        _ => null,
    };

    private bool IsAwaitable(ExpressionSyntax value) =>
        _model.GetTypeInfo(value, _cancellationToken).Type is { } type
        && (type.TypeKind == TypeKind.Dynamic || type.GetMembers("GetAwaiter").Length > 0 || type.Name is "Task" or "ValueTask");

    private bool IsView(ExpressionSyntax value) =>
        _model.GetTypeInfo(value, _cancellationToken).Type is { } type
        && (type.IsRefLikeType
            || type is IPointerTypeSymbol
            || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr
            || type.Name is "Memory" or "ReadOnlyMemory");

    /// <summary>True for a value that, dropped, cannot be an operation that goes on.</summary>
    private bool HoldsNoObject(ExpressionSyntax value) =>
        _model.GetTypeInfo(value, _cancellationToken).Type is { } type && (type.IsUnmanagedType || IsView(value));

    /// <summary>True for a call that gives back an object of the type it was called on, as <c>Append</c> does.</summary>
    private bool IsFluent(ExpressionSyntax value) =>
        value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } }
        && SymbolEqualityComparer.Default.Equals(
            _model.GetTypeInfo(value, _cancellationToken).Type, _model.GetTypeInfo(receiver, _cancellationToken).Type);

    /// <summary>True for a plain value; 64 bits could be an address.</summary>
    private static bool HoldsNothing(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum }
            or
            {
                SpecialType: >= SpecialType.System_Void and <= SpecialType.System_String
                and not (SpecialType.System_Int64 or SpecialType.System_UInt64),
            };
}
