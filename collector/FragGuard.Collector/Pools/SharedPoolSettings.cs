using System;
using System.Globalization;

namespace FragGuard.Collector.Pools;

/// <summary>
/// How many arrays of one length ArrayPool.Shared keeps, besides one for each thread (SharedArrayPoolStatics of
/// dotnet/runtime).
/// </summary>
/// <param name="MaxPartitions">Most partitions; there is one for each processor otherwise.</param>
/// <param name="ArraysPerPartition">Arrays that a partition keeps.</param>
public sealed record SharedPoolSettings(int MaxPartitions, int ArraysPerPartition)
{
    private const string Prefix = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_";

    public static SharedPoolSettings Default { get; } = new(int.MaxValue, 32);

    /// <summary>The settings of a process with that environment.</summary>
    /// <param name="valueOf">An environment variable's value; null when it is not set.</param>
    public static SharedPoolSettings From(Func<string, string?> valueOf) => new(
        Positive(valueOf(Prefix + "MAXPARTITIONCOUNT")) ?? Default.MaxPartitions,
        Positive(valueOf(Prefix + "MAXARRAYSPERPARTITION")) ?? Default.ArraysPerPartition);

    /// <summary>Arrays of one length that the partitions together keep.</summary>
    public long ArraysOn(int processors) => (long)Math.Min(processors, MaxPartitions) * ArraysPerPartition;

    // As the runtime does, what is no positive number counts as not set.
    private static int? Positive(string? text) =>
        int.TryParse(text?.Trim(' '), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : null;
}
