namespace FragGuard.Collector.Sessions;

/// <summary>Why no session with a target could be made.</summary>
public enum SessionFailure
{
    /// <summary>No process has that id.</summary>
    ProcessNotFound,

    /// <summary>The process exists and has no .NET diagnostic port.</summary>
    NotDotNet,

    /// <summary>The process belongs to another user.</summary>
    OtherUser,

    /// <summary>The port exists and may not be used.</summary>
    PermissionDenied,

    /// <summary>The command could not be started.</summary>
    CommandNotStarted,

    /// <summary>The command ended before a .NET runtime in it connected.</summary>
    ExitedEarly,

    /// <summary>The command runs, and no .NET runtime connected in time.</summary>
    NoRuntimeConnected,

    /// <summary>The runtime refused the session.</summary>
    Refused,

    /// <summary>The recording file cannot be written, takes another recording, or its disk is nearly full.</summary>
    OutputFile,

    /// <summary>The temporary directory is missing, or no socket can be made there.</summary>
    TemporaryDirectory,

    /// <summary>Nothing can listen at the address given for runtimes to connect to.</summary>
    PortAddress,
}
