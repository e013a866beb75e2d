using System;

namespace FragGuard.Collector.Snapshots;

/// <summary>The objects of a snapshot with their types, references, dominators and ways from the roots.</summary>
internal sealed class ObjectGraph
{
    private readonly SnapshotDraft _draft;
    private readonly ReferenceGraph _references;
    private readonly Dominators _dominators;

    private ObjectGraph(SnapshotDraft draft, ReferenceGraph references, Dominators dominators, RootPaths paths)
    {
        _draft = draft;
        _references = references;
        _dominators = dominators;
        Paths = paths;
    }

    public int Count => _draft.Objects.Count;

    public TypeTable Types => _draft.Types;

    public RootPaths Paths { get; }

    /// <summary>Bytes of all objects that a root leads to.</summary>
    public long ReachedBytes => _dominators.ReachedBytes;

    /// <param name="draft">Gives up its references.</param>
    /// <returns>Null when references are missing, so that no one could say which object refers to what.</returns>
    public static ObjectGraph? TryBuild(SnapshotDraft draft, AddressIndex index)
    {
        ReferenceGraph references = new(draft, index);
        if (references.IsShort)
            return null;
        Dominators dominators = new(references, new DepthFirstOrder(references), draft.Objects);
        return new ObjectGraph(draft, references, dominators, new RootPaths(references, draft.Roots, index));
    }

    public ulong AddressOf(int number) => _draft.Objects[number].Address;

    public int TypeIndexOf(int number) => _draft.Objects[number].Type;

    public HeapType TypeOf(int number) => Types[TypeIndexOf(number)];

    /// <summary>The objects it refers to, in the order of its fields or elements; fields that hold null are left out.</summary>
    public ReadOnlySpan<int> ReferencesOf(int number) => _references.Of(number);

    /// <summary>Bytes of the object and of all that only it keeps alive.</summary>
    public long RetainedBytes(int number) => _dominators.RetainedBytes(number);

    /// <summary>Whether nothing but the holder, directly, keeps the object alive.</summary>
    public bool IsHeldOnlyBy(int number, int holder) => _dominators.Of(number) == holder;
}
