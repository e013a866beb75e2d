using System;

namespace FragGuard.Inspection.Breakdown;

/// <summary>Divides an amount that is known of a whole only.</summary>
internal static class Portion
{
    /// <summary>As much of it as the part is of the whole, rounded down; all of it when the whole is 0.</summary>
    public static long Of(long amount, long part, long whole) => whole == 0 ? amount : (long)((Int128)amount * part / whole);
}
