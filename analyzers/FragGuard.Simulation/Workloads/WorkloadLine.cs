using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Workloads;

/// <summary>The fields of one line, taken from left to right, and the complaints about them.</summary>
internal sealed class WorkloadLine
{
    /// <summary>Largest number a workload may name: 2^40, a tebibyte or 34 years in milliseconds.</summary>
    public const long MaxNumber = 1L << 40;

    private readonly List<string> _fields;
    private readonly long _number;
    private int _next = 1;

    private WorkloadLine(List<string> fields, long number)
    {
        _fields = fields;
        _number = number;
    }

    public string Operation => _fields[0];

    public bool HasMore => _next < _fields.Count;

    /// <returns>Null for a blank line or one that is all comment.</returns>
    public static WorkloadLine? Split(string text, long number)
    {
        List<string> fields = new();
        for (int i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            if (text[i] == '#')
                break;
            int start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
                i++;
            fields.Add(text.Substring(start, i - start));
        }

        return fields.Count == 0 ? null : new WorkloadLine(fields, number);
    }

    public WorkloadFormatException Error(string reason) => new(_number, reason);

    public string Required(string meaning) =>
        HasMore ? _fields[_next++] : throw Error($"{Operation} lacks its {meaning}");

    public KeyRange Key(string meaning) => KeyRange.Parse(Required(meaning), _number);

    public long Number(string meaning) => Parse(Required(meaning), meaning);

    /// <summary>The next <c>key=value</c> or flag; the value of a flag is null.</summary>
    public (string Key, string? Value) Option()
    {
        string field = _fields[_next++];
        int equals = field.IndexOf('=');
        return equals < 0 ? (field, null) : (field.Substring(0, equals), field.Substring(equals + 1));
    }

    public long Parse(string text, string meaning)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= MaxNumber)
            return value;
        if (IsDigits(text, from: 0))
            throw Error($"the {meaning} {text} is above {MaxNumber}");
        if (text.Length > 1 && text[0] == '-' && IsDigits(text, from: 1))
            throw Error($"the {meaning} {text} is negative");
        throw Error($"the {meaning} '{text}' is not a number");
    }

    public void End()
    {
        if (HasMore)
            throw Error($"{Operation} takes no further field '{_fields[_next]}'");
    }

    private static bool IsDigits(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] is < '0' or > '9')
                return false;
        }

        return text.Length > from;
    }
}
