namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>One arena: its pages, and its slabs by small class.</summary>
internal sealed class Arena
{
    private readonly SlabBin[] _bins = new SlabBin[JemallocSizeClasses.SmallCount];

    public Arena(PageExtents extents, JemallocOptions options, int number, bool isForOversize)
    {
        Pages = new ArenaPages(extents, options, number, isForOversize);
        for (int i = 0; i < _bins.Length; i++)
            _bins[i] = new SlabBin(extents, Pages, i);
    }

    public ArenaPages Pages { get; }

    public SlabBin Bin(int sizeClass) => _bins[sizeClass];
}
