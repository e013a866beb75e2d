using System.Globalization;

namespace FragGuard.Simulation.Workloads;

/// <summary>Names that one field with a brace stands for: <c>prefix{first..last..step}suffix</c>.</summary>
internal readonly struct KeyRange
{
    /// <summary>Most names one range stands for.</summary>
    public const long MaxNames = 100_000_000;

    private readonly string _prefix;
    private readonly string _suffix;
    private readonly long _first;
    private readonly long _step;

    private KeyRange(string prefix, string suffix, long first, long step, long count)
    {
        _prefix = prefix;
        _suffix = suffix;
        _first = first;
        _step = step;
        Count = count;
    }

    public long Count { get; }

    /// <exception cref="WorkloadFormatException">The field has a brace and is no range.</exception>
    public static KeyRange Parse(WorkloadLine line, WorkloadField name)
    {
        string field = line.TextOf(name);
        string quoted = line.Quote(name);
        int open = field.IndexOf('{');
        int close = field.IndexOf('}', open);
        if (close < 0)
            throw line.Error($"the range in '{quoted}' has no closing brace");
        string suffix = field.Substring(close + 1);
        if (suffix.IndexOf('{') >= 0)
            throw line.Error($"'{quoted}' has more than one range");

        string[] parts = field.Substring(open + 1, close - open - 1).Split([".."], System.StringSplitOptions.None);
        long first = 0;
        long last = 0;
        long step = 1;
        if (parts.Length is not (2 or 3)
            || !TryParse(parts[0], out first)
            || !TryParse(parts[1], out last)
            || (parts.Length == 3 && !TryParse(parts[2], out step)))
        {
            throw line.Error($"the range in '{quoted}' is not {{first..last}} or {{first..last..step}}");
        }

        if (last < first)
            throw line.Error($"the range in '{quoted}' ends before it starts");
        if (step < 1)
            throw line.Error($"the range in '{quoted}' has a step of 0");
        long count = ((last - first) / step) + 1;
        if (count > MaxNames)
            throw line.Error($"the range in '{quoted}' has more than {MaxNames} names");
        return new KeyRange(field.Substring(0, open), suffix, first, step, count);
    }

    public string NameAt(long index) =>
        _prefix + (_first + (index * _step)).ToString(CultureInfo.InvariantCulture) + _suffix;

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= WorkloadLine.MaxNumber;
}
