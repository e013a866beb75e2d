using System;

namespace FragGuard.Annotations;

/// <summary>
/// Says how many bytes a cached value holds where the source does not tell: on a parameter, field, property or type, or on
/// what a method returns. What the source does tell is used instead.
/// </summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.ReturnValue
    | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class EntrySizeAttribute : Attribute
{
    /// <param name="minBytes">Bytes of the smallest value, 0 or more.</param>
    /// <param name="maxBytes">Bytes of the largest value; both ends occur.</param>
    public EntrySizeAttribute(long minBytes, long maxBytes)
    {
        MinBytes = minBytes;
        MaxBytes = maxBytes;
    }

    /// <summary>Bytes of the smallest value.</summary>
    public long MinBytes { get; }

    /// <summary>Bytes of the largest value.</summary>
    public long MaxBytes { get; }
}
