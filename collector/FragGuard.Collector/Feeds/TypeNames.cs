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
    private readonly RuntimeTypes<Entry> _types = new();

    /// <summary>Reads the number of a type and the name behind it.</summary>
    /// <returns>The source of what a stack allocates of that type.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int ReadSource(ref Payload fields, int stack)
    {
        ulong number = fields.ReadPointer();
        Entry? entry = _types.Find(number);
        string name = fields.ReadText(entry?.Name);
        if (entry is not null && ReferenceEquals(name, entry.Name))
        {
            if (entry.Stack == stack)
                return entry.Source;
        }
        else if (!_types.TrySet(number, entry = new Entry(name)))
        {
            return sources.NumberOf(stack, name);
        }

        entry.Stack = stack;
        return entry.Source = sources.NumberOf(stack, name);
    }

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public int Stack { get; set; }

        public int Source { get; set; }
    }
}
