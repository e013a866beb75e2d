using System.Globalization;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>Major and minor number of a kernel release, such as 6.18.</summary>
internal readonly record struct KernelVersion(int Major, int Minor)
{
    /// <summary>Whether foreign page blocks are claimed before single blocks are taken out of them: since 6.15.</summary>
    public bool ClaimsBeforeItSteals => Major > 6 || (Major == 6 && Minor >= 15);

    /// <summary>Takes "6.18", "v6.18" and "6.18.44-generic".</summary>
    public static bool TryParse(string text, out KernelVersion version)
    {
        version = default;
        string[] parts = text.TrimStart('v').Split('.', '-');
        if (parts.Length < 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor))
        {
            return false;
        }

        version = new KernelVersion(major, minor);
        return true;
    }
}
