namespace FragGuard.Collector.Sessions;

/// <summary>What happens to the standard streams of a launched command.</summary>
public enum ChildOutput
{
    /// <summary>They are ours: the child shares our console.</summary>
    Inherit,

    /// <summary>They are read and thrown away; standard input is closed.</summary>
    Discard,

    /// <summary>The last 64 Ki characters of output and errors are kept in <see cref="LaunchedTarget.Output"/>.</summary>
    Capture,
}
