namespace FragGuard.Collector.Pools;

/// <summary>Which of the runtime's two kinds of array pool it is.</summary>
public enum PoolKind
{
    /// <summary>The recorded events fit both.</summary>
    Unknown = 0,

    /// <summary>ArrayPool.Shared of some element type.</summary>
    Shared = 1,

    /// <summary>Made by ArrayPool.Create.</summary>
    Created = 2,
}
