namespace FragGuard.Inspection.Nginx;

/// <summary>What a page of a zone serves.</summary>
public enum ZonePageUse : byte
{
    /// <summary>Its record made no sense: it was rewritten while it was read, is damaged, or forged.</summary>
    Unparsed,

    /// <summary>First page of a run of free pages.</summary>
    FreeStart,

    /// <summary>A later page of such a run.</summary>
    FreeRest,

    /// <summary>First page of a block of whole pages.</summary>
    BlockStart,

    /// <summary>A later page of such a block.</summary>
    BlockRest,

    /// <summary>Cut into slots of one size.</summary>
    Cut,
}
