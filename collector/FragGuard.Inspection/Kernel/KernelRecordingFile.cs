using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// Writes a recording: a gzipped text whose first lines, behind '#', are the header and whose others are page events as
/// tracefs prints them, without the names of processes.
/// </summary>
public static class KernelRecordingFile
{
    /// <summary>How the name of such a file ends.</summary>
    public const string Extension = ".kmem.gz";

    internal const string FirstLine = "# fragguard kernel recording 1";
    internal const string LastLine = "# end";

    /// <summary>Zones as /proc/buddyinfo shows them.</summary>
    public static string TextOf(IEnumerable<BuddyInfo> zones) => string.Join('\n', zones.Select(LineOf));

    internal static void Write(Stream file, KernelRecordingHeader header, IEnumerable<string> lines, CancellationToken abort)
    {
        using GZipStream packed = new(file, CompressionLevel.Fastest, leaveOpen: true);
        using StreamWriter text = new(packed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        foreach (string line in HeaderLines(header))
            text.WriteLine(line);
        foreach (string line in lines)
        {
            abort.ThrowIfCancellationRequested();
            if (PageEventText.TryParse(line, out PageEvent pageEvent))
                text.WriteLine(PageEventText.Line(pageEvent));
        }

        text.WriteLine(LastLine);
    }

    private static IEnumerable<string> HeaderLines(KernelRecordingHeader header)
    {
        yield return FirstLine;
        yield return "# release " + header.Release;
        yield return Line($"# page {header.PageBytes} {header.PageBlockOrder} {header.HugePageOrder}");
        yield return Line($"# recorded {(long)header.Duration.TotalMilliseconds} {header.LostEvents} {(header.IsFull ? 1 : 0)}");
        foreach (RecordedZoneRange zone in header.Zones)
            yield return Line($"# zone {zone.Node} {zone.Zone} {zone.FirstPage} {zone.EndPage}");
        foreach ((long first, long end) in header.Free)
            yield return Line($"# free {first} {end}");
        for (int at = 0; at < header.Shown.Count; at++)
        {
            foreach (BuddyInfo zone in header.Shown[at])
                yield return Line($"# shown {at} ") + LineOf(zone);
        }

        if (header.Kmalloc is not { } kmalloc)
            yield break;
        yield return Line($"# kmalloc-lost {kmalloc.LostEvents}");
        foreach (RecordedKmallocRow row in kmalloc.Sizes)
            yield return Row("kmalloc-size", row);
        foreach (RecordedKmallocRow row in kmalloc.Sites)
            yield return Row("kmalloc-site", row);
    }

    private static string LineOf(BuddyInfo zone) => Line($"Node {zone.Node}, zone {zone.Zone} ")
        + string.Join(' ', zone.FreeBlocks.Select(blocks => blocks.ToString(CultureInfo.InvariantCulture)));

    private static string Row(string key, RecordedKmallocRow row) =>
        Line($"# {key} {row.Key} {row.Requests} {row.RequestedBytes} {row.GrantedBytes} {row.Live}");

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
