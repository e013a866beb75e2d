using System;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>What differs between versions of the ngx_lua module's shared dictionaries.</summary>
public sealed record LuaDictRules
{
    private static readonly Version Oldest = new(0, 10, 0);
    private static readonly Version CompactNodes = new(0, 10, 7);
    private static readonly Version ExpiredStayInPlace = new(0, 10, 26);
    private static readonly Version ExpiryIncludesItsMoment = new(0, 10, 27);

    private LuaDictRules(Version version)
    {
        NodeBytes = version < CompactNodes ? 76 : 68;
        LookupMovesExpired = version < ExpiredStayInPlace;
        IsExpiredAtItsMoment = version >= ExpiryIncludesItsMoment;
    }

    /// <summary>Bytes of an entry besides its key and value.</summary>
    public int NodeBytes { get; }

    /// <summary>Whether a lookup that finds an expired entry makes it the most recently used.</summary>
    public bool LookupMovesExpired { get; }

    /// <summary>Whether a lookup in the very millisecond of expiry finds the entry expired.</summary>
    public bool IsExpiredAtItsMoment { get; }

    /// <param name="version">Version of ngx_lua, such as 0.10.23; the newest rules hold for later ones.</param>
    /// <exception cref="ModelSettingException">Not a version, or one older than 0.10.0.</exception>
    public static LuaDictRules Of(string version) =>
        Version.TryParse(version, out Version? parsed) && parsed >= Oldest
            ? new LuaDictRules(parsed)
            : throw new ModelSettingException(
                $"version={version} is not a version of ngx_lua from {Oldest}, such as 0.10.23.");
}
