using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Pools;

/// <summary>Gathers what the memory pools of ASP.NET Core tell of themselves, by owner.</summary>
internal sealed class MemoryPoolLog
{
    private const int MaxOwners = 64;

    private readonly SortedDictionary<string, MemoryPoolDraft> _byOwner = new(StringComparer.Ordinal);

    /// <summary>Figures of owners beyond the first 64.</summary>
    public long Unlisted { get; private set; }

    public void Read(double timeMs, string owner, MemoryPoolFigure figure, long bytes)
    {
        if (!_byOwner.TryGetValue(owner, out MemoryPoolDraft? draft))
        {
            if (_byOwner.Count >= MaxOwners)
            {
                Unlisted++;
                return;
            }

            _byOwner[owner] = draft = new MemoryPoolDraft();
        }

        draft.Read(timeMs, figure, bytes);
    }

    public IReadOnlyList<MemoryPoolUse> Build(bool isSinceStart) => _byOwner.Count == 0 ? [] :
        [.. _byOwner.Select(pair => pair.Value.Build(pair.Key, isSinceStart))];
}
