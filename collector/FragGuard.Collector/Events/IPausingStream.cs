using System;

namespace FragGuard.Collector.Events;

/// <summary>
/// A stream that notices when nothing more comes for a while. Its reader then hands out what it kept waiting for older
/// events: the runtime writes in batches, and the next one may be long in coming.
/// </summary>
internal interface IPausingStream
{
    /// <summary>Sets what is called, on the reader's own thread, while it waits for bytes.</summary>
    void OnPause(Action callback);
}
