using System.Collections.Generic;

namespace FragGuard.Collector.Streams;

/// <summary>
/// What the recyclable memory streams of a process did. Their events do not say which manager they come from, so several
/// managers count together.
/// </summary>
public sealed record StreamUse
{
    /// <summary>Managers that were made while recording; those made before tell nothing of themselves.</summary>
    public required IReadOnlyList<StreamManager> Managers { get; init; }

    /// <summary>Managers made, listed or not: the list ends with the first 64.</summary>
    public required long ManagersMade { get; init; }

    /// <summary>Whether creation and disposal were recorded (level Verbose); the counts that need them are null otherwise.</summary>
    public required bool KnowsStreams { get; init; }

    public required long? Created { get; init; }

    public required long? Disposed { get; init; }

    public required long DisposedTwice { get; init; }

    /// <summary>Streams that were never disposed.</summary>
    public required long Finalized { get; init; }

    /// <summary>Created during the recording, and neither disposed nor finalized when it ended.</summary>
    public required long? Outstanding { get; init; }

    /// <summary>Calls of ToArray, which copy the stream out of the pool.</summary>
    public required long? CopiedToArray { get; init; }

    public required long? CopiedToArrayBytes { get; init; }

    /// <summary>Requests beyond the largest capacity a manager allows.</summary>
    public required long OverCapacity { get; init; }

    /// <summary>Buffers made for one stream that no pool keeps; null when not recorded.</summary>
    public required long? NeverPooled { get; init; }

    /// <summary>Blocks.</summary>
    public required StreamPool Small { get; init; }

    /// <summary>Large buffers.</summary>
    public required StreamPool Large { get; init; }

    /// <summary>Streams beyond those that were followed: a quarter of a million at once.</summary>
    public required long Unfollowed { get; init; }

    /// <summary>Most finalized first, then most outstanding; empty when creation was not recorded.</summary>
    public required IReadOnlyList<StreamSite> Sites { get; init; }
}
