using System;
using System.Globalization;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// Reads the lines of tracefs files <c>trace</c> and <c>trace_pipe</c>. A line names its event between the last two
/// ": " and gives <c>key=value</c> pairs behind it; the name of the process in front may hold anything.
/// </summary>
public static class PageEventText
{
    private const string MarkName = ": tracing_mark_write: ";
    private const string Separator = ": ";
    private const string LostStart = " [LOST ";

    private static readonly (string Name, PageEventKind Kind)[] Kinds =
    [
        ("mm_page_alloc_zone_locked", PageEventKind.Taken),
        ("mm_page_alloc_extfrag", PageEventKind.TakenFromOtherType),
        ("mm_page_pcpu_drain", PageEventKind.Drained),
        ("mm_page_free", PageEventKind.Freed),
        ("mm_page_alloc", PageEventKind.Allocated),
        ("mm_compaction_isolate_freepages", PageEventKind.Isolated),
    ];

    /// <returns>False for comments, blank lines and events of other kinds.</returns>
    public static bool TryParse(string line, out PageEvent pageEvent)
    {
        pageEvent = default;
        if (line.Length == 0 || line[0] == '#')
            return false;
        int mark = line.IndexOf(MarkName, StringComparison.Ordinal);
        if (mark >= 0)
        {
            pageEvent = new PageEvent(PageEventKind.Mark, -1, Mark: line.Substring(mark + MarkName.Length).TrimEnd());
            return true;
        }

        int end = line.LastIndexOf(Separator, StringComparison.Ordinal);
        if (end <= 0)
            return TryParseLoss(line, out pageEvent);
        int start = line.LastIndexOf(Separator, end - 1, StringComparison.Ordinal);
        return start >= 0
            && TryKind(line, start + Separator.Length, end, out PageEventKind kind)
            && (kind == PageEventKind.Isolated
                ? TryParseIsolation(line, end, out pageEvent)
                : TryParseBlock(line, end, kind, out pageEvent));
    }

    /// <summary>The line of an event without the process, the CPU and the moment; reading it gives the event again.</summary>
    public static string Line(in PageEvent pageEvent)
    {
        string page = pageEvent.Page.ToString("x", CultureInfo.InvariantCulture);
        string order = pageEvent.Order.ToString(CultureInfo.InvariantCulture);
        return pageEvent.Kind switch
        {
            PageEventKind.Mark => " " + MarkName + pageEvent.Mark,
            PageEventKind.Lost => "CPU:0" + LostStart + pageEvent.LostEvents.ToString(CultureInfo.InvariantCulture) + " EVENTS]",
            PageEventKind.Isolated => FormattableString.Invariant(
                $" : {NameOf(pageEvent.Kind)}: range=(0x{page} ~ 0x{pageEvent.EndPage:x}) nr_taken={pageEvent.TakenPages}"),
            PageEventKind.TakenFromOtherType => $" : {NameOf(pageEvent.Kind)}: pfn=0x{page} alloc_order={order}",
            PageEventKind.Allocated when pageEvent.MigrateType >= 0 => FormattableString.Invariant(
                $" : {NameOf(pageEvent.Kind)}: pfn=0x{page} order={order} migratetype={pageEvent.MigrateType}"),
            _ => $" : {NameOf(pageEvent.Kind)}: pfn=0x{page} order={order}",
        };
    }

    /// <summary>The kernel's name of the event; empty for a mark or a loss.</summary>
    public static string NameOf(PageEventKind kind)
    {
        foreach ((string name, PageEventKind named) in Kinds)
        {
            if (named == kind)
                return name;
        }

        return string.Empty;
    }

    private static bool TryKind(string line, int start, int end, out PageEventKind kind)
    {
        foreach ((string name, PageEventKind named) in Kinds)
        {
            kind = named;
            if (name.Length == end - start && string.CompareOrdinal(line, start, name, 0, name.Length) == 0)
                return true;
        }

        kind = default;
        return false;
    }

    private static bool TryParseBlock(string line, int from, PageEventKind kind, out PageEvent pageEvent)
    {
        pageEvent = default;
        string orderKey = kind == PageEventKind.TakenFromOtherType ? " alloc_order=" : " order=";
        if (!TryNumber(line, from, " pfn=0x", 16, out long page) || !TryNumber(line, from, orderKey, 10, out long order)
            || order > BuddyZone.MaxOrder)
        {
            return false;
        }

        pageEvent = new PageEvent(kind, page, (int)order);
        if (kind == PageEventKind.Allocated && TryNumber(line, from, " migratetype=", 10, out long type) && type <= byte.MaxValue)
            pageEvent = pageEvent with { MigrateType = (int)type };
        return true;
    }

    private static bool TryParseIsolation(string line, int from, out PageEvent pageEvent)
    {
        pageEvent = default;
        if (!TryNumber(line, from, " range=(0x", 16, out long page) || !TryNumber(line, from, " ~ 0x", 16, out long endPage)
            || !TryNumber(line, from, " nr_taken=", 10, out long taken))
        {
            return false;
        }

        pageEvent = new PageEvent(PageEventKind.Isolated, page, EndPage: endPage, TakenPages: taken);
        return true;
    }

    /// <summary>The number behind a key; false when the key or the number is not there.</summary>
    private static bool TryNumber(string line, int from, string key, int numberBase, out long number)
    {
        number = 0;
        int at = line.IndexOf(key, from, StringComparison.Ordinal);
        if (at < 0)
            return false;
        at += key.Length;
        int start = at;
        for (; at < line.Length; at++)
        {
            int digit = DigitOf(line[at]);
            if (digit < 0 || digit >= numberBase)
                break;
            if (number > long.MaxValue >> 5)
                return false;
            number = (number * numberBase) + digit;
        }

        return at > start;
    }

    private static int DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        _ => -1,
    };

    /// <summary>"CPU:2 [LOST 123 EVENTS]"; the number may be missing when the kernel does not know it.</summary>
    private static bool TryParseLoss(string line, out PageEvent pageEvent)
    {
        pageEvent = default;
        int at = line.IndexOf(LostStart, StringComparison.Ordinal);
        if (at < 0 || !line.StartsWith("CPU:", StringComparison.Ordinal))
            return false;
        string[] words = line.Substring(at + LostStart.Length).Split(' ');
        bool isCounted = long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long lost);
        pageEvent = new PageEvent(PageEventKind.Lost, -1, LostEvents: isCounted ? lost : 1);
        return true;
    }
}
