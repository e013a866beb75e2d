using System.Runtime.CompilerServices;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>For loops that run from the first moment: a compiler's process ends before the runtime optimizes them by itself.</summary>
internal static class HotLoop
{
    /// <summary><c>AggressiveOptimization</c>, which the runtime knows and .NET Standard 2.0 has no name for.</summary>
    public const MethodImplOptions Options = (MethodImplOptions)512;
}
