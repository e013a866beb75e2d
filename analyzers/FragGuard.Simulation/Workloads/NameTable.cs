using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads;

/// <summary>Names in the order in which they were first seen; the place in that order is the name's number.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = new();

    public int Count => _names.Count;

    public string this[int number] => _names[number];

    public int NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out int number))
            return number;
        number = _names.Count;
        _numbers.Add(name, number);
        _names.Add(name);
        return number;
    }
}
