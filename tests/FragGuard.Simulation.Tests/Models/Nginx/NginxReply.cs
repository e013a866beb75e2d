using System.Globalization;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>What the real dictionary replied to one command.</summary>
/// <param name="Answer">Its answer, in its own words.</param>
/// <param name="IsForcible">Whether entries were removed by force.</param>
/// <param name="FreeSpaceBytes">What <c>free_space</c> returned right after.</param>
/// <param name="Length">Elements of the list, where the command tells; otherwise 0.</param>
internal readonly record struct NginxReply(string Answer, bool IsForcible, long FreeSpaceBytes, int Length)
{
    public static NginxReply Parse(string line)
    {
        string[] fields = line.Split('\t');
        return new NginxReply(
            fields[0], fields[1] is "1", (long)double.Parse(fields[2], CultureInfo.InvariantCulture),
            int.Parse(fields[3], CultureInfo.InvariantCulture));
    }
}
