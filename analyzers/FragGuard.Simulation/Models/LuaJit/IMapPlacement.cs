namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>Where the operating system puts mappings. Sizes are whole pages.</summary>
internal interface IMapPlacement
{
    /// <returns>Address of the new mapping; −1 when there is no room.</returns>
    long Map(long bytes);

    void Unmap(long start, long bytes);

    /// <summary>Gives a mapping another length; the end that a shorter one loses is unmapped.</summary>
    /// <param name="mayMove">Whether the mapping may go elsewhere.</param>
    /// <returns>Its address after that; −1 when it could not be resized.</returns>
    long Remap(long start, long bytes, long newBytes, bool mayMove);
}
