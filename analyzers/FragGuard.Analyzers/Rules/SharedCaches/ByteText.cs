using System.Globalization;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Bytes as people read them: powers of 1 024, one decimal.</summary>
internal static class ByteText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Of(long bytes)
    {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1_024 && unit < Units.Length - 1)
        {
            amount /= 1_024;
            unit++;
        }

        return amount.ToString("0.#", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
