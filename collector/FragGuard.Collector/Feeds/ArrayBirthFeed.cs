using FragGuard.Collector.Events;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Sampled allocations of arrays, from runtime 10's own samples or the allocation tick: events of pools name no element
/// type, the allocation of an array that a pool makes does. Where samples are read anyway, their feed tells of the births.
/// </summary>
internal sealed class ArrayBirthFeed
{
    private const int FirstTickWithObjectSize = 4;
    private const string Array = "[]";

    private readonly ArrayBirths _births;

    private readonly RuntimeTypes<TypeName> _types = new();

    public ArrayBirthFeed(EventRouter router, ArrayBirths births)
    {
        _births = births;
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationSampled, OnSampled);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationTick, OnTick);
    }

    /// <summary>Name of the element type; null for what is no array.</summary>
    public static string? ElementOf(string type) =>
        type.Length > Array.Length && type.EndsWith(Array, System.StringComparison.Ordinal) ? type[..^Array.Length] : null;

    private void OnSampled(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int) + sizeof(ushort));
        TypeName type = ReadType(ref fields);
        fields.ReadPointer();
        Add(recorded, type, fields.ReadInt64());
    }

    private void OnTick(in RecordedEvent recorded)
    {
        if (recorded.Version < FirstTickWithObjectSize)
            return;

        Payload fields = recorded.Fields;
        fields.Skip((2 * sizeof(int)) + sizeof(ushort) + sizeof(long));
        TypeName type = ReadType(ref fields);
        fields.Skip(sizeof(int));
        fields.ReadPointer();
        Add(recorded, type, fields.ReadInt64());
    }

    private void Add(in RecordedEvent recorded, TypeName type, long objectBytes)
    {
        if (type.Element is null)
            _births.Forget(recorded.Thread);
        else
            _births.Add(recorded.Thread, new ArrayBirth(type.Element, objectBytes, recorded.PointerBytes));
    }

    // The text of a type seen before is passed over. Numbers are addresses, which a hostile recording may give to any text.
    private TypeName ReadType(ref Payload fields)
    {
        ulong number = fields.ReadPointer();
        if (_types.Find(number) is { } known)
        {
            fields.Skip(known.TextBytes);
            return known;
        }

        string text = fields.ReadText();
        TypeName type = new(ElementOf(text), (text.Length + 1) * sizeof(char));
        _types.TrySet(number, type);
        return type;
    }

    /// <param name="Element">Null for what is no array.</param>
    private sealed record TypeName(string? Element, int TextBytes);
}
