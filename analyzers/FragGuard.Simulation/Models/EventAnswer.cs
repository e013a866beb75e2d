namespace FragGuard.Simulation.Models;

/// <summary>What the allocator or cache replies to one event.</summary>
public enum EventAnswer : byte
{
    /// <summary>Done as asked.</summary>
    Ok,

    /// <summary>Stored after live entries were evicted to make room.</summary>
    Forcible,

    /// <summary>Refused for lack of usable memory.</summary>
    NoMemory,

    /// <summary>Not stored: the key is present.</summary>
    Exists,

    /// <summary>The key or block is not present.</summary>
    NotFound,

    /// <summary>The entry is present and its value is not a number.</summary>
    NotANumber,

    /// <summary>The entry is present and its value is not a list.</summary>
    NotAList,

    /// <summary>The entry is present and its value is a list, where another value was asked for.</summary>
    IsAList,

    /// <summary>A get found the entry, or a list has elements.</summary>
    Hit,

    /// <summary>The event means nothing to this allocator and changed nothing.</summary>
    Ignored,
}
