using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Sites;

/// <summary>Which method each code address belongs to. Code and its maps are added first, then addresses are looked up.</summary>
internal sealed class MethodMap
{
    /// <summary>Most memory that names, paths and maps may take; what comes after has no name.</summary>
    public const long MaxBytes = 80L << 20;

    private const int MethodBytes = 160;
    private const int TextBytes = 32;
    private const int MapBytes = 80;

    private readonly Dictionary<ulong, MethodCode> _byStart = [];
    private readonly Dictionary<ulong, MethodCode> _latest = [];
    private readonly Dictionary<long, RecordedModule> _modules = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private (ulong MethodId, CodeMap Map)? _listed;
    private MethodCode[]? _sorted;
    private long _bytes;

    /// <summary>Methods, modules and maps that found no place.</summary>
    public long LeftOut { get; private set; }

    public void AddModule(long moduleId, RecordedModule module)
    {
        int replaced = _modules.TryGetValue(moduleId, out RecordedModule? earlier) ? SizeOf(earlier.Path) : 0;
        if (module.Path.Length > 0 && TryTake(SizeOf(module.Path) - replaced))
            _modules[moduleId] = module;
    }

    /// <summary>The rundown repeats code that was loaded before, without its map; code may also move in where other code was.</summary>
    public void AddCode(MethodCode code)
    {
        if (code.End <= code.Start)
            return;

        if (_byStart.TryGetValue(code.Start, out MethodCode? earlier) && earlier.IsSameAs(code))
        {
            _latest[code.MethodId] = earlier;
            return;
        }

        if (!TryTake(MethodBytes + SizeOf(code.Name)))
            return;

        code.ShareType(Shared(code.Type));
        _byStart[code.Start] = code;
        _latest[code.MethodId] = code;
        _sorted = null;
    }

    /// <summary>Gives the code last added for the method its map, unless it has one.</summary>
    public void AddMap(ulong methodId, CodeMap map)
    {
        if (_latest.TryGetValue(methodId, out MethodCode? code) && code.Map is null && TryTake(MapBytes + map.Bytes))
            code.Map = map;
    }

    /// <summary>A map of the rundown, which names the map first and then the code it belongs to.</summary>
    public void AddListedMap(ulong methodId, CodeMap map) => _listed = (methodId, map);

    /// <summary>Code of the rundown.</summary>
    public void AddListedCode(MethodCode code)
    {
        AddCode(code);
        if (_listed is { } listed && listed.MethodId == code.MethodId)
            AddMap(listed.MethodId, listed.Map);
        _listed = null;
    }

    /// <summary>Null when unknown.</summary>
    public RecordedModule? ModuleOf(long moduleId) => _modules.GetValueOrDefault(moduleId);

    /// <summary>The method whose code holds the address; null for the runtime's own and unknown code.</summary>
    public MethodCode? Find(ulong address)
    {
        MethodCode[] codes = _sorted ??= Sort();
        int low = 0;
        int high = codes.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (codes[middle].Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high >= 0 && address < codes[high].End ? codes[high] : null;
    }

    private static int SizeOf(string text) => TextBytes + (sizeof(char) * text.Length);

    private MethodCode[] Sort()
    {
        MethodCode[] codes = [.. _byStart.Values];
        Array.Sort(codes, static (left, right) => left.Start.CompareTo(right.Start));
        return codes;
    }

    // Most types have many methods.
    private string Shared(string type)
    {
        if (_types.TryGetValue(type, out string? shared))
            return shared;

        _types.Add(type);
        _bytes += SizeOf(type);
        return type;
    }

    private bool TryTake(long bytes)
    {
        if (bytes > 0 && _bytes + bytes > MaxBytes)
        {
            LeftOut++;
            return false;
        }

        _bytes += bytes;
        return true;
    }
}
