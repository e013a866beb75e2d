namespace FragGuard.Simulation.Models.Linux;

/// <summary>What the model knows of one live block.</summary>
internal struct PageBlock
{
    /// <summary>First page, or none when the request was refused.</summary>
    public int Page;

    public byte Order;

    /// <summary>The migrate type asked for; the page block it lies in may have another.</summary>
    public byte Type;

    public int Site;

    /// <summary>Pins not yet taken back.</summary>
    public int Pins;

    public long RequestedBytes;
}
