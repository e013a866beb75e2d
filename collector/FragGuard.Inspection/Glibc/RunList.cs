using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>Collects the runs of one heap in address order.</summary>
internal sealed class RunList(long most)
{
    private readonly List<ChunkRun> _runs = [];

    /// <summary>Null when there were too many to keep.</summary>
    public IReadOnlyList<ChunkRun>? Runs => IsTooLong ? null : _runs;

    public bool IsTooLong { get; private set; }

    public void Add(ulong start, long bytes, ChunkUse use)
    {
        if (bytes <= 0 || IsTooLong)
            return;
        if (_runs.Count > 0 && _runs[^1] is { } last && last.End == start && last.Use == use && Joins(use))
        {
            _runs[^1] = new ChunkRun(last.Start, last.Bytes + bytes, use);
            return;
        }

        if (_runs.Count >= most)
        {
            IsTooLong = true;
            _runs.Clear();
            return;
        }

        _runs.Add(new ChunkRun(start, bytes, use));
    }

    private static bool Joins(ChunkUse use) => use is ChunkUse.Used or ChunkUse.Metadata or ChunkUse.Unparsed;
}
