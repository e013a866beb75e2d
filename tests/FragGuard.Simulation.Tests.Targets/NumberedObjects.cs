using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>Numbers objects in the order they are first seen, without keeping them alive.</summary>
internal sealed class NumberedObjects
{
    private readonly ConditionalWeakTable<object, object> _numbers = [];
    private int _next;

    public int Of(object seen) => (int)_numbers.GetValue(seen, _ => _next++);
}
