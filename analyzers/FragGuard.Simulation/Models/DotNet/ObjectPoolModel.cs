using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// <c>DefaultObjectPool&lt;T&gt;</c> of Microsoft.Extensions.ObjectPool 8 to 10, holding objects that keep the size they
/// once grew to, such as StringBuilder or MemoryStream. One object waits in a fast place and leaves first; the others
/// wait in a queue, first in first out. Allocate gets an object and grows it to the bytes asked for, Reallocate grows it
/// where it is, Free returns it; an object that finds no room, or that the policy finds too large, is dropped.
/// <para>Exact: which object a get gives, how many are kept, what a policy that looks at the size drops. Approximated:
/// an object grows to just the bytes asked for, and its memory is one block that is replaced when it grows; addresses
/// are virtual.</para>
/// </summary>
internal sealed class ObjectPoolModel : ArrayPoolModel
{
    private readonly long _initialBytes;
    private readonly long _mostBytes;
    private readonly int _queued;
    private PooledArray? _fast;
    private PooledArrayQueue _queue;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public ObjectPoolModel(ModelSettings settings)
        : base(elementBytes: 1)
    {
        _queued = (int)settings.Whole("retained", 0, 1 << 20) - 1;
        _initialBytes = settings.ByteCount("initial", 1, MostElements);
        _mostBytes = settings.ByteCount("limit", 0, MostElements);
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-objectpool",
        "DefaultObjectPool<T> of Microsoft.Extensions.ObjectPool 8 to 10",
        "which object a get gives and what is kept, exact; how objects grow approximated; addresses are virtual",
        "L is the bytes asked for; A is the objects that are out, at the size they grew to; F is the objects the pool "
            + "keeps; C and R are all of these, object headers left out",
        TakesCacheEvents: false,
        [
            new("retained", "8", "objects kept (maximumRetained); the default is twice 4 processors"),
            new("initial", "24", "bytes of a new object"),
            new("limit", "0", "bytes of the largest object the policy takes back; 0 for any"),
        ],
        settings => new ObjectPoolModel(settings));

    protected override bool Grows => true;

    protected override IEnumerable<PooledArray> Idle
    {
        get
        {
            if (_fast is not null)
                yield return _fast;
            foreach (PooledArray array in _queue.Arrays)
                yield return array;
        }
    }

    protected override PooledArray Take(long elements)
    {
        PooledArray? taken = _fast ?? _queue.TryDequeue();
        _fast = null;
        if (taken is null)
            return Arrays.Make(-1, Math.Max(elements, _initialBytes));
        Grow(taken, elements);
        return taken;
    }

    protected override void Return(PooledArray array)
    {
        if (_mostBytes > 0 && array.Elements > _mostBytes)
            Drop(array);
        else if (_fast is null)
            _fast = array;
        else if (_queue.Count < _queued)
            _queue.Enqueue(array);
        else
            Drop(array);
    }
}
