using System;

namespace FragGuard.Simulation.Traces;

/// <summary>A trace that cannot be what a program did, such as a free of a block that is not live.</summary>
public sealed class TraceException : Exception
{
    public TraceException(string message)
        : base(message)
    {
    }
}
