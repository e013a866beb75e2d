using System.Collections.Generic;

namespace FragGuard.Collector.Sites;

/// <summary>Which method each code address belongs to. Code and its maps are added first, then addresses are looked up.</summary>
internal sealed class MethodMap
{
    private const int MaxModules = 1 << 16;
    private const int MaxCodes = 1 << 19;

    private readonly List<MethodCode> _codes = [];
    private readonly Dictionary<ulong, MethodCode> _latest = [];
    private readonly Dictionary<long, RecordedModule> _modules = [];
    private (ulong MethodId, CodeMap Map)? _listed;
    private bool _isSorted;

    public void AddModule(long moduleId, RecordedModule module)
    {
        if (module.Path.Length > 0 && (_modules.Count < MaxModules || _modules.ContainsKey(moduleId)))
            _modules[moduleId] = module;
    }

    public void AddCode(MethodCode code)
    {
        if (code.End <= code.Start || _codes.Count >= MaxCodes)
            return;

        _codes.Add(code);
        _latest[code.MethodId] = code;
        _isSorted = false;
    }

    /// <summary>Gives the code last added for the method its map, unless it has one.</summary>
    public void AddMap(ulong methodId, CodeMap map)
    {
        if (_latest.TryGetValue(methodId, out MethodCode? code))
            code.Map ??= map;
    }

    /// <summary>A map of the rundown, which names the map first and then the code it belongs to.</summary>
    public void AddListedMap(ulong methodId, CodeMap map) => _listed = (methodId, map);

    /// <summary>Code of the rundown.</summary>
    public void AddListedCode(MethodCode code)
    {
        if (_listed is { } listed && listed.MethodId == code.MethodId)
            code.Map = listed.Map;
        _listed = null;
        AddCode(code);
    }

    /// <summary>Null when unknown.</summary>
    public RecordedModule? ModuleOf(long moduleId) => _modules.GetValueOrDefault(moduleId);

    /// <summary>The method whose code holds the address; null for the runtime's own and unknown code.</summary>
    public MethodCode? Find(ulong address)
    {
        Sort();
        int low = 0;
        int high = _codes.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_codes[middle].Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high >= 0 && address < _codes[high].End ? _codes[high] : null;
    }

    // The rundown repeats code that was loaded before; of equal starts the one with a map wins, then the last added.
    private void Sort()
    {
        if (_isSorted)
            return;

        Dictionary<ulong, MethodCode> byStart = [];
        foreach (MethodCode code in _codes)
        {
            bool isRepeat = byStart.TryGetValue(code.Start, out MethodCode? earlier) && earlier.MethodId == code.MethodId;
            if (isRepeat)
                code.Map ??= earlier!.Map;
            byStart[code.Start] = code;
        }

        _codes.Clear();
        _codes.AddRange(byStart.Values);
        _codes.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        _isSorted = true;
    }
}
