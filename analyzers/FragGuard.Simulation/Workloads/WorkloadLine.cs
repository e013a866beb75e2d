using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads;

/// <summary>The fields of one line at a time, taken from left to right, and the complaints about them.</summary>
internal sealed class WorkloadLine
{
    /// <summary>Largest number a workload may name: 2^40, a tebibyte or 34 years in milliseconds.</summary>
    public const long MaxNumber = 1L << 40;

    private const int QuotedCharacters = 60;

    /// <summary>What a decoder puts in the place of bytes that are no text.</summary>
    private const char Undecodable = '\uFFFD';

    private readonly List<WorkloadField> _fields = new();
    private int _next;

    /// <summary>1-based number of the line.</summary>
    public long Number { get; private set; }

    public string Text { get; private set; } = "";

    public WorkloadField Operation => _fields[0];

    public bool HasMore => _next < _fields.Count;

    /// <summary>Goes to the next line.</summary>
    /// <returns>False for a blank line or one that is all comment.</returns>
    public bool Read(string text)
    {
        Number++;
        Text = text;
        _fields.Clear();
        _next = 1;
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
            for (; i < text.Length && !char.IsWhiteSpace(text[i]); i++)
            {
                if (text[i] == Undecodable)
                    throw Error("it holds bytes that are not UTF-8 text");
            }

            _fields.Add(new WorkloadField(start, i - start));
        }

        return _fields.Count > 0;
    }

    public WorkloadFormatException Error(string reason) => new(Number, reason);

    public string TextOf(WorkloadField field) => Text.Substring(field.Start, field.Length);

    /// <summary>The field as a complaint shows it: a long one is cut off.</summary>
    public string Quote(WorkloadField field) => field.Length <= QuotedCharacters
        ? TextOf(field)
        : Text.Substring(field.Start, QuotedCharacters) + "…";

    public bool Holds(WorkloadField field, char character) => Text.IndexOf(character, field.Start, field.Length) >= 0;

    public WorkloadField Required(string meaning) =>
        HasMore ? _fields[_next++] : throw Error($"{TextOf(Operation)} lacks its {meaning}");

    public long RequiredNumber(string meaning) => NumberIn(Required(meaning), meaning);

    /// <summary>Takes the next field if it is this flag.</summary>
    public bool TakeFlag(string flag)
    {
        bool isTaken = Begins(_fields[_next], flag) && _fields[_next].Length == flag.Length;
        if (isTaken)
            _next++;
        return isTaken;
    }

    /// <summary>Takes the next field if it has the form <c>key=value</c>, with this key.</summary>
    /// <param name="key">The key with the equals sign.</param>
    public bool TakeOption(string key, out WorkloadField value)
    {
        WorkloadField field = _fields[_next];
        value = new WorkloadField(field.Start + key.Length, field.Length - key.Length);
        if (!Begins(field, key))
            return false;
        _next++;
        return true;
    }

    /// <summary>The complaint about an option that the operation does not take.</summary>
    public WorkloadFormatException NoSuchOption(string known)
    {
        WorkloadField field = _fields[_next];
        int equals = Text.IndexOf('=', field.Start, field.Length);
        WorkloadField name = equals < 0 ? field : new WorkloadField(field.Start, equals - field.Start);
        return Error($"{TextOf(Operation)} has no option '{Quote(name)}' of that form; it takes {known}");
    }

    public long NumberIn(WorkloadField field, string meaning)
    {
        if (IsDigits(field))
        {
            long number = 0;
            for (int i = field.Start; i < field.End && number <= MaxNumber; i++)
                number = (number * 10) + (Text[i] - '0');
            return number <= MaxNumber ? number : throw Error($"the {meaning} {Quote(field)} is above {MaxNumber}");
        }

        if (Begins(field, "-") && IsDigits(new WorkloadField(field.Start + 1, field.Length - 1)))
            throw Error($"the {meaning} {Quote(field)} is negative");
        throw Error($"the {meaning} '{Quote(field)}' is not a number");
    }

    public void End()
    {
        if (HasMore)
            throw Error($"{TextOf(Operation)} takes no further field '{Quote(_fields[_next])}'");
    }

    private bool Begins(WorkloadField field, string text) =>
        field.Length >= text.Length && string.CompareOrdinal(Text, field.Start, text, 0, text.Length) == 0;

    private bool IsDigits(WorkloadField field)
    {
        for (int i = field.Start; i < field.End; i++)
        {
            if (Text[i] is < '0' or > '9')
                return false;
        }

        return field.Length > 0;
    }
}
