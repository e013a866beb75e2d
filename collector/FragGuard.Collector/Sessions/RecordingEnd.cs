namespace FragGuard.Collector.Sessions;

/// <summary>How a recording came to its end.</summary>
public enum RecordingEnd
{
    /// <summary>It was asked to stop.</summary>
    Stopped,

    /// <summary>The target ended, or was killed.</summary>
    TargetExited,

    /// <summary>It reached <see cref="RecordingOptions.MaxBytes"/>.</summary>
    MaxBytesReached,

    /// <summary>It reached <see cref="RecordingOptions.MaxDuration"/>.</summary>
    MaxDurationReached,

    /// <summary>It was told to end at once: the file may lack its end.</summary>
    Aborted,
}
