using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>A modelled shared dictionary that is spoken to in the words of a workload.</summary>
internal sealed class SharedDict
{
    private readonly List<string> _lines = [];
    private readonly AllocationTrace _trace;

    public SharedDict(string zone, string version = "0.10.23", string name = "cats")
    {
        Model = (LuaSharedDictModel)AllocatorModels.Create(
            "lua-shared-dict",
            new Dictionary<string, string>(System.StringComparer.Ordinal)
            {
                ["zone"] = zone, ["version"] = version, ["name"] = name,
            });
        _trace = WorkloadReader.Read(_lines);
    }

    public LuaSharedDictModel Model { get; }

    public long FreeSpaceBytes => Model.Counters.FreePageBytes;

    /// <summary>Keys in order of use, the most recently used one first.</summary>
    public string Order => string.Join(' ', Model.ByUse().Select(item => _trace.NameOf(item.Key)));

    /// <summary>Plays the operations and returns the outcome of the last.</summary>
    public EventOutcome Play(params IEnumerable<string> lines)
    {
        _lines.Clear();
        _lines.AddRange(lines);
        EventOutcome last = default;
        foreach (AllocationEvent next in _trace.Events)
            last = Model.Apply(next);
        return last;
    }

    public EventAnswer Answer(params IEnumerable<string> lines) => Play(lines).Answer;
}
