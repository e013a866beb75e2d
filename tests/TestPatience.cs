using System;

namespace FragGuard.Tests;

/// <summary>How long a test waits for what must come.</summary>
internal static class TestPatience
{
    /// <summary>Far above what it takes on a busy machine, so that only what hangs is late, and below what the runner of CI calls a hang.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
}
