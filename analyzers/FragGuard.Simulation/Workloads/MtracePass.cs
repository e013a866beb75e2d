using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>One reading of an mtrace log, from its first line to its last.</summary>
internal sealed class MtracePass
{
    private readonly IEnumerable<ArraySegment<byte>> _chunks;
    private readonly SiteTable _sites;
    private readonly MtraceLine _line = new();

    /// <summary>The id of the block at each address in use.</summary>
    private readonly LiveBlocks<long> _blocks = new();
    private long _given;

    public MtracePass(IEnumerable<ArraySegment<byte>> chunks, SiteTable sites)
    {
        _chunks = chunks;
        _sites = sites;
    }

    public long LineNumber => _line.Number;

    public IEnumerable<AllocationEvent> Events()
    {
        using TextLines lines = new(_chunks);
        while (lines.Read())
        {
            if (!_line.Read(lines))
                continue;
            switch (_line.Call)
            {
                case '+' when _line.Address != 0:
                    if (_blocks.Remove(_line.Address, out long unseen))
                        yield return new AllocationEvent(AllocationEventKind.Free, unseen);
                    yield return Birth();
                    break;
                case '-':
                    if (_blocks.Remove(_line.Address, out long freed))
                        yield return new AllocationEvent(AllocationEventKind.Free, freed);
                    break;
                case '<':
                    bool isKnown = _blocks.Remove(_line.Address, out long resized);
                    if (!lines.Read() || !_line.Read(lines) || _line.Call != '>')
                        throw _line.Error("the resize that began in the line before does not end here");
                    if (_blocks.Remove(_line.Address, out long lost))
                        yield return new AllocationEvent(AllocationEventKind.Free, lost);
                    yield return isKnown ? Resize(resized) : Birth();
                    break;
                case '>':
                    throw _line.Error("the resize that ends here did not begin in the line before");
            }
        }
    }

    private AllocationEvent Birth()
    {
        _blocks.Set(_line.Address, _given);
        return new AllocationEvent(AllocationEventKind.Allocate, _given++, _line.Bytes, Site: _line.Site(_sites));
    }

    private AllocationEvent Resize(long block)
    {
        _blocks.Set(_line.Address, block);
        return new AllocationEvent(AllocationEventKind.Reallocate, block, _line.Bytes, Site: _line.Site(_sites));
    }
}
