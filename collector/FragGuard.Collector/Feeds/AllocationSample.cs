using System;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// One allocated object that the runtime drew: each byte with probability 1 / 102,400, independently of all others
/// (RandomizedAllocationSampling.md of dotnet/runtime). An object is drawn if one of its bytes is.
/// </summary>
/// <param name="Type">Name of its type.</param>
/// <param name="Address">Where it was born.</param>
/// <param name="Bytes">Size of the object.</param>
internal readonly record struct AllocationSample(string Type, ulong Address, long Bytes)
{
    /// <summary>Bytes from one drawn byte to the next, on average.</summary>
    public const double MeanBytes = 102_400;

    private const double NotDrawn = 1 - (1 / MeanBytes);

    /// <summary>Allocated bytes it stands for: an unbiased estimate (Horvitz and Thompson, 1952).</summary>
    public double EstimatedBytes => EstimateOf(Bytes);

    /// <summary>Its part of the estimate's variance, in bytes squared.</summary>
    public double Variance => (1 - Probability) * EstimatedBytes * EstimatedBytes;

    private double Probability => ProbabilityOf(Bytes);

    /// <summary>Allocated bytes that a drawn object of that size stands for.</summary>
    public static double EstimateOf(long bytes) => bytes / ProbabilityOf(bytes);

    public static AllocationSample Read(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int) + sizeof(ushort));
        fields.ReadPointer();
        string type = fields.ReadText();
        ulong address = fields.ReadPointer();
        return new AllocationSample(type, address, fields.ReadInt64());
    }

    private static double ProbabilityOf(long bytes) => 1 - Math.Pow(NotDrawn, Math.Max(1, bytes));
}
