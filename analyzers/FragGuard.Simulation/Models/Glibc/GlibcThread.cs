namespace FragGuard.Simulation.Models.Glibc;

/// <summary>One thread of the program: the arena it is attached to and its cache, both from its first call on.</summary>
internal sealed class GlibcThread
{
    public Arena? Arena { get; set; }

    public ThreadCache? Cache { get; set; }

    /// <summary>Where the cache itself lies; −1 before there is one.</summary>
    public long CacheAddress { get; set; } = -1;
}
