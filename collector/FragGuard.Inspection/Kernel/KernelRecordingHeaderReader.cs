using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>Reads the lines in front of the events of a recording, and checks that they can be true.</summary>
internal sealed class KernelRecordingHeaderReader
{
    private const int MostZones = 256;
    private const int MostRuns = 1 << 24;
    private const int MostCheckpoints = 64;
    private const int MostRows = 1 << 14;
    private const long MostPages = 1L << 40;

    private readonly List<RecordedZoneRange> _zones = [];
    private readonly List<(long, long)> _free = [];
    private readonly List<List<BuddyInfo>> _shown = [];
    private readonly List<RecordedKmallocRow> _sizes = [];
    private readonly List<RecordedKmallocRow> _sites = [];
    private bool _isOurs;
    private string _release = "";
    private long[] _page = [];
    private long[] _recorded = [];
    private long? _kmallocLost;

    /// <returns>False once the header is over.</returns>
    /// <exception cref="FormatException">It is no recording, or a damaged one.</exception>
    public bool Take(string line)
    {
        if (!_isOurs)
        {
            if (!string.Equals(line, KernelRecordingFile.FirstLine, StringComparison.Ordinal))
                throw new FormatException("It is no recording of the kernel by this tool.");
            _isOurs = true;
            return true;
        }

        if (!line.StartsWith("# ", StringComparison.Ordinal) || line is KernelRecordingFile.LastLine)
            return false;
        string[] words = KernelWords.Of(line[2..]);
        if (words.Length > 1)
            Take(words, line);
        return true;
    }

    /// <exception cref="FormatException">Something is missing.</exception>
    public KernelRecordingHeader Header()
    {
        if (_page.Length != 3 || _recorded.Length != 3 || _zones.Count == 0)
            throw new FormatException("It is no recording of the kernel by this tool, or its head is cut.");
        return new KernelRecordingHeader
        {
            PageBytes = _page[0] is >= 4096 and <= 65536 ? _page[0] : throw Damaged("page"),
            PageBlockOrder = _page[1] is >= 1 and <= BuddyZone.MaxOrder ? (int)_page[1] : throw Damaged("page"),
            HugePageOrder = (int)Math.Clamp(_page[2], -1, 63),
            Zones = _zones,
            Free = _free,
            Shown = _shown,
            Duration = TimeSpan.FromMilliseconds(Math.Min(_recorded[0], 1L << 40)),
            LostEvents = _recorded[1],
            IsFull = _recorded[2] != 0,
            Release = _release,
            Kmalloc = _kmallocLost is { } lost ? new RecordedKmalloc(lost, _sizes, _sites) : null,
        };
    }

    private void Take(string[] words, string line)
    {
        switch (words[0])
        {
            case "release":
                _release = KernelWords.IsName(words[1]) ? words[1] : "";
                break;
            case "page" when words is [_, _, _, "-1"]:
                _page = [.. Numbers(words, 1, 2), -1];
                break;
            case "page":
                _page = Numbers(words, 1, 3);
                break;
            case "recorded":
                _recorded = Numbers(words, 1, 3);
                break;
            case "zone" when words.Length == 5 && KernelWords.IsName(words[2]) && _zones.Count < MostZones:
                AddZone(words);
                break;
            case "free" when words.Length == 3 && _free.Count < MostRuns:
                AddFree(Numbers(words, 1, 2));
                break;
            case "shown":
                AddShown(words, line);
                break;
            case "kmalloc-lost":
                _kmallocLost = Numbers(words, 1, 1)[0];
                break;
            case "kmalloc-size" when _sizes.Count < MostRows:
                _sizes.Add(Row(words));
                break;
            case "kmalloc-site" when _sites.Count < MostRows:
                _sites.Add(Row(words));
                break;
            default:
                throw Damaged(line);
        }
    }

    private void AddZone(string[] words)
    {
        long[] range = Numbers(words, 3, 2);
        if (range[0] >= range[1] || range[1] > MostPages)
            throw Damaged(words[2]);
        _zones.Add(new RecordedZoneRange((int)KernelNumber.Parse(words[1], int.MaxValue), words[2], range[0], range[1]));
    }

    /// <summary>Each run lies in one zone.</summary>
    private void AddFree(long[] run)
    {
        if (run[0] >= run[1] || !_zones.Any(zone => run[0] >= zone.FirstPage && run[1] <= zone.EndPage))
            throw Damaged("free");
        _free.Add((run[0], run[1]));
    }

    private void AddShown(string[] words, string line)
    {
        long checkpoint = Numbers(words, 1, 1)[0];
        if (checkpoint == _shown.Count && checkpoint < MostCheckpoints)
            _shown.Add([]);
        int at = line.IndexOf("Node ", StringComparison.Ordinal);
        if (checkpoint != _shown.Count - 1 || at < 0 || _shown[^1].Count == MostZones)
            throw Damaged(line);
        _shown[^1].AddRange(BuddyInfo.Read([line[at..]]));
    }

    private static RecordedKmallocRow Row(string[] words)
    {
        long[] numbers = Numbers(words, 2, 4);
        return new RecordedKmallocRow(words[1], numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static long[] Numbers(string[] words, int from, int count) => words.Length >= from + count
        ? [.. words[from..(from + count)].Select(word => KernelNumber.Parse(word))]
        : throw Damaged(words[0]);

    private static FormatException Damaged(string what) => new($"Its head is damaged: {KernelWords.Cut(what)}");
}
