using System;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// What differs between versions of the ngx_lua module's shared dictionaries, from 0.10.0 to 0.10.31. Read in
/// <c>ngx_http_lua_shdict.c</c> of openresty/lua-nginx-module at their tags.
/// </summary>
public sealed record LuaDictRules
{
    /// <summary>Longest key that ngx_lua stores.</summary>
    public const int MaxKeyBytes = 65_535;

    /// <summary>Longest value whose length fits into an entry.</summary>
    public const long MaxValueBytes = uint.MaxValue;

    /// <summary>Bytes of a list element besides its value.</summary>
    public const int ElementBytes = 21;

    private const int ListLinksBytes = 16;
    private const int WordBytes = 8;

    private static readonly Version Oldest = new(0, 10, 0);
    private static readonly Version Lists = new(0, 10, 6);
    private static readonly Version CompactNodes = new(0, 10, 7);
    private static readonly Version Expire = new(0, 10, 11);
    private static readonly Version InitialTimeToLive = new(0, 10, 12);
    private static readonly Version ExpiredStayInPlace = new(0, 10, 26);
    private static readonly Version ExpiryIncludesItsMoment = new(0, 10, 27);

    private LuaDictRules(Version version)
    {
        NodeBytes = version < CompactNodes ? 76 : 68;
        HasLists = version >= Lists;
        CanInitializeNumbers = version >= Lists;
        CanTouch = version >= Expire;
        InitialNumbersExpire = version >= InitialTimeToLive;
        LookupMovesExpired = version < ExpiredStayInPlace;
        IsExpiredAtItsMoment = version >= ExpiryIncludesItsMoment;
    }

    /// <summary>Bytes of an entry besides its key and value.</summary>
    public int NodeBytes { get; }

    /// <summary>Whether there are lists: <c>lpush</c> and its kin.</summary>
    public bool HasLists { get; }

    /// <summary>Whether <c>incr</c> takes an initial value for a missing entry.</summary>
    public bool CanInitializeNumbers { get; }

    /// <summary>Whether the call <c>expire</c> exists.</summary>
    public bool CanTouch { get; }

    /// <summary>Whether <c>incr</c> gives the entry it creates a time to live.</summary>
    public bool InitialNumbersExpire { get; }

    /// <summary>Whether a lookup that finds an expired entry makes it the most recently used.</summary>
    public bool LookupMovesExpired { get; }

    /// <summary>Whether a lookup in the very millisecond of expiry finds the entry expired.</summary>
    public bool IsExpiredAtItsMoment { get; }

    /// <summary>Bytes of the block that a list has besides its elements: node, key and links, in whole words.</summary>
    public long ListHeaderBytes(int keyBytes) =>
        (NodeBytes + (long)keyBytes + ListLinksBytes + WordBytes - 1) / WordBytes * WordBytes;

    /// <param name="version">Version of ngx_lua, such as 0.10.23; the newest rules hold for later ones.</param>
    /// <exception cref="ModelSettingException">Not a version, or one older than 0.10.0.</exception>
    public static LuaDictRules Of(string version) =>
        Version.TryParse(version, out Version? parsed) && parsed >= Oldest
            ? new LuaDictRules(parsed)
            : throw new ModelSettingException(
                $"version={version} is not a version of ngx_lua from {Oldest}, such as 0.10.23.");

    /// <exception cref="TraceException">A key or value is longer than ngx_lua stores, or has a negative length.</exception>
    internal static void CheckSizes(in AllocationEvent store)
    {
        if (store.KeyBytes is < 0 or > MaxKeyBytes)
            throw new TraceException($"a key has at most {MaxKeyBytes} bytes");
        if (store.Bytes is < 0 or > MaxValueBytes)
            throw new TraceException($"a value has 0 to {MaxValueBytes} bytes");
    }
}
