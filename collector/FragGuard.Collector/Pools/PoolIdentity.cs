using System;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Pools;

/// <summary>What is known of one pool itself.</summary>
internal sealed class PoolIdentity
{
    private const string SharedType = "System.Buffers.SharedArrayPool`1[";
    private const string CreatedType = "System.Buffers.ConfigurableArrayPool`1[";
    private const int MaxStacks = 256;

    private PoolElement? _fromStack;
    private int _stacks;

    public PoolKind Kind { get; set; }

    public ElementVotes Elements { get; } = new();

    public PoolElement Element => _fromStack ?? Elements.Build();

    /// <summary>The pool's own generic type stands in the stack of its events.</summary>
    public void Observe(SiteResolver resolver, int stack, int pointerBytes)
    {
        if (_fromStack is not null || _stacks >= MaxStacks || stack == StackTable.Empty)
            return;

        _stacks++;
        foreach (MethodCode method in resolver.MethodsOf(stack))
        {
            bool isShared = method.Type.StartsWith(SharedType, StringComparison.Ordinal);
            if (!isShared && !method.Type.StartsWith(CreatedType, StringComparison.Ordinal))
                continue;

            Kind = isShared ? PoolKind.Shared : PoolKind.Created;
            if (!method.Type.EndsWith(']'))
                return;

            _fromStack = FromArgument(method.Type[(isShared ? SharedType : CreatedType).Length..^1], pointerBytes);
            return;
        }
    }

    // Code for reference types is shared: which of them it is, only an allocation can tell.
    private PoolElement FromArgument(string type, int pointerBytes)
    {
        PoolElement sampled = Elements.Build();
        if (string.Equals(type, ElementSizes.SharedReference, StringComparison.Ordinal))
            return sampled.Bytes == pointerBytes ? sampled : new PoolElement(null, pointerBytes, ElementSource.Stack);

        int? bytes = ElementSizes.Of(type, pointerBytes);
        return new PoolElement(type, bytes ?? (IsSame(type, sampled.Type) ? sampled.Bytes : null), ElementSource.Stack);
    }

    // Allocations name a nested type without the types around it.
    private static bool IsSame(string type, string? sampled) =>
        sampled is not null && (string.Equals(type, sampled, StringComparison.Ordinal)
            || type.EndsWith('+' + sampled, StringComparison.Ordinal));
}
