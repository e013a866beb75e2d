namespace FragGuard.Simulation.Models.Nginx;

/// <summary>What a pool knows of one size class.</summary>
internal struct SlabClass
{
    /// <summary>Slots of all pages cut for the class, bitmap slots not counted.</summary>
    public long Total;

    /// <summary>Slots in use.</summary>
    public long Used;

    /// <summary>Requests ever made.</summary>
    public long Requests;

    /// <summary>Requests refused.</summary>
    public long Failures;

    /// <summary>Slots of one page besides those that hold its bitmap.</summary>
    public int SlotsPerPage;

    /// <summary>Words of one page's bitmap when it does not fit into the page's descriptor; otherwise 0.</summary>
    public int MapWords;
}
