namespace FragGuard.FragTrace.CommandLine;

/// <summary>Exit codes of the tool; 0..5 as in the dotnet-trace family.</summary>
public enum ExitCode
{
    Ok = 0,

    /// <summary>No session with the target could be made.</summary>
    Session = 1,

    /// <summary>The recording broke off; what was recorded is kept.</summary>
    Tracing = 2,

    /// <summary>The arguments, or a file they name, cannot be used.</summary>
    Arguments = 3,

    /// <summary>Not possible on this platform.</summary>
    Platform = 4,

    /// <summary>A bug of ours.</summary>
    Unexpected = 5,

    /// <summary>A gate's limit was passed.</summary>
    GateFailed = 10,

    /// <summary>A gate would not judge: too much was lost or unknown.</summary>
    GateRefused = 11,
}
