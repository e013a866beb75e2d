namespace FragGuard.Inspection.Kernel;

/// <summary>Texts among the events of a recording.</summary>
internal static class RecordingMarks
{
    /// <summary>The free pages at the start were read; until here events may contradict them.</summary>
    public const string FlagsRead = "flags read";

    /// <summary>In front of the number of a checkpoint: buddyinfo is about to be read.</summary>
    public const string Before = "before ";

    /// <summary>In front of the number of a checkpoint: buddyinfo was read.</summary>
    public const string After = "after ";
}
