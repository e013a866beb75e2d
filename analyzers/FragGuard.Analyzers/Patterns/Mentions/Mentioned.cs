using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Words in a source text without which a rule cannot report anything there.</summary>
[Flags]
internal enum Mentioned : long
{
    None = 0,

    /// <summary>Renting from any pool.</summary>
    Rent = 1 << 0,

    /// <summary>Giving back to any pool.</summary>
    Return = 1 << 1,

    /// <summary>Taking from a pool of objects, or anything else called <c>Get</c>.</summary>
    Get = 1 << 2,

    /// <summary>The annotation of methods that rent.</summary>
    RentsAnnotation = 1 << 3,

    ArrayPool = 1 << 4,

    ObjectPool = 1 << 5,

    /// <summary>Making a pool by a factory method, or anything else with its name.</summary>
    PoolFactory = 1 << 6,

    StreamManager = 1 << 7,

    /// <summary>Giving back to what an option calls a pool.</summary>
    GiveBack = 1 << 8,

    /// <summary>Putting into a collection that can serve as a shelf of objects for reuse.</summary>
    Shelve = 1 << 9,

    /// <summary>Taking from such a collection.</summary>
    Unshelve = 1 << 10,

    /// <summary>Storing by <c>Interlocked</c> or <c>Volatile</c>.</summary>
    Exchange = 1 << 11,

    /// <summary>Emptying an object for reuse.</summary>
    Clear = 1 << 12,

    /// <summary>Something that can pin.</summary>
    Pin = 1 << 13,

    NativeAllocation = 1 << 14,

    /// <summary>Putting into a memory cache or a distributed one.</summary>
    CachePut = 1 << 15,

    /// <summary>Removing by key.</summary>
    Remove = 1 << 16,

    SizeLimit = 1 << 17,

    /// <summary>An annotation of caches or of what is put into them.</summary>
    CacheAnnotation = 1 << 18,

    /// <summary>An annotation of zones of shared memory or of what they are asked for.</summary>
    ZoneAnnotation = 1 << 19,

    /// <summary>A type whose objects grow, and keep what they grew to.</summary>
    Growable = 1 << 20,

    /// <summary>The annotation of code that runs often.</summary>
    HotPathAnnotation = 1 << 21,

    /// <summary>Asking the garbage collector for an array.</summary>
    GcArray = 1 << 22,

    /// <summary>A type that can be a cache, where it may declare one.</summary>
    CacheType = 1 << 23,

    /// <summary>What a global alias begins with.</summary>
    Global = 1 << 24,

    /// <summary>What a type begins with that is declared in parts.</summary>
    Partial = 1 << 25,

    /// <summary>What a loop begins with.</summary>
    Loop = 1 << 26,

    /// <summary>What gives a type another name in its file, or in all.</summary>
    Alias = 1 << 27,

    /// <summary>Making an array by <c>new</c>.</summary>
    NewArray = 1 << 28,

    /// <summary>Making something by <c>new</c> with arguments whose size they can tell: a list, a stream, a builder, a string.</summary>
    NewSized = 1 << 29,

    /// <summary>Making something that grows by <c>new</c> without arguments.</summary>
    NewGrowable = 1 << 30,

    /// <summary>A dictionary, which an alias may give another name.</summary>
    DictionaryType = 1L << 31,

    /// <summary>Declaring a static field, not readonly, of a type whose objects grow.</summary>
    GrowableStore = 1L << 32,

    /// <summary>Making something by <c>new</c> that a member can return.</summary>
    ReturnedNew = 1L << 33,

    /// <summary>All that what follows <c>new</c> tells.</summary>
    Creations = NewArray | NewSized | NewGrowable,
}
