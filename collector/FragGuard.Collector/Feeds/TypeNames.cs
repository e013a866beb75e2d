using System;
using System.Runtime.CompilerServices;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Types that allocations name: each name is made into text once, and its source is looked up once while the stack stays the
/// same. The runtime's numbers of types only say where to look first: a hostile recording may give one to any text.
/// </summary>
internal sealed class TypeNames(AllocationSources sources)
{
    private const string ArraySuffix = "[]";

    private readonly RuntimeTypes<Entry> _types = new();

    /// <summary>Reads the number of a type and the name behind it.</summary>
    /// <param name="element">Name of the element type; null for what is no array.</param>
    /// <returns>The source of what a stack allocates of that type.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int ReadSource(ref Payload fields, int stack, out string? element)
    {
        ulong number = fields.ReadPointer();
        Entry? entry = _types.Find(number);
        string name = fields.ReadText(entry?.Name);
        if (entry is not null && ReferenceEquals(name, entry.Name))
        {
            element = entry.Element;
            if (entry.Stack == stack)
                return entry.Source;
        }
        else if (!_types.TrySet(number, entry = new Entry(name)))
        {
            element = entry.Element;
            return sources.NumberOf(stack, name);
        }

        element = entry.Element;
        entry.Stack = stack;
        return entry.Source = sources.NumberOf(stack, name);
    }

    private static string? ElementOf(string type) =>
        type.Length > ArraySuffix.Length && type.EndsWith(ArraySuffix, StringComparison.Ordinal) ? type[..^ArraySuffix.Length] : null;

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public string? Element { get; } = ElementOf(name);

        public int Stack { get; set; }

        public int Source { get; set; }
    }
}
