using System.Globalization;
using System.Text;

namespace FragGuard.Simulation.Workloads;

/// <summary>Names that one field with a brace stands for: <c>prefix{first..last..step}suffix</c>.</summary>
internal readonly struct KeyRange
{
    /// <summary>Most names one range stands for.</summary>
    public const long MaxNames = 100_000_000;

    private const int MaxDigits = 20;

    private readonly int _prefixBytes;
    private readonly byte[] _suffix;
    private readonly byte[] _name;
    private readonly long _first;
    private readonly long _step;

    private KeyRange(string prefix, string suffix, long first, long step, long count)
    {
        byte[] start = Encoding.UTF8.GetBytes(prefix);
        _suffix = Encoding.UTF8.GetBytes(suffix);
        _name = new byte[start.Length + MaxDigits + _suffix.Length];
        start.CopyTo(_name, 0);
        _prefixBytes = start.Length;
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

    /// <summary>Writes one name of the range into an array that the next call writes again.</summary>
    /// <param name="index">0-based place in the range.</param>
    /// <param name="length">Bytes of the name.</param>
    public byte[] NameAt(long index, out int length)
    {
        long number = _first + (index * _step);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10)
            digits++;
        int end = _prefixBytes + digits;
        for (int at = end - 1; at >= _prefixBytes; at--, number /= 10)
            _name[at] = (byte)('0' + (number % 10));
        _suffix.CopyTo(_name, end);
        length = end + _suffix.Length;
        return _name;
    }

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= WorkloadLine.MaxNumber;
}
