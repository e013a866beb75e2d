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

    /// <summary>The disk had less than <see cref="RecordingOptions.MinFreeBytes"/> left.</summary>
    DiskNearlyFull,

    /// <summary>It was asked to stop, and the target stayed silent: the file lacks its end.</summary>
    TargetSilent,

    /// <summary>It was told to end at once: the file may lack its end.</summary>
    Aborted,
}
