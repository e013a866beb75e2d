using System.Text;

namespace FragGuard.Simulation.Workloads;

/// <summary>The fields of one line at a time, taken from left to right, and the complaints about them.</summary>
internal sealed class WorkloadLine
{
    /// <summary>Largest number a workload may name: 2^40, a tebibyte or 34 years in milliseconds.</summary>
    public const long MaxNumber = 1L << 40;

    private const int QuotedBytes = 60;

    private WorkloadField _upcoming;
    private int _end;

    /// <summary>1-based number of the line.</summary>
    public long Number { get; private set; }

    /// <summary>Holds the line; fields are parts of it.</summary>
    public byte[] Bytes { get; private set; } = [];

    public WorkloadField Operation { get; private set; }

    public bool HasMore => _upcoming.Length > 0;

    /// <summary>Goes to the line that was read last.</summary>
    /// <returns>False for a blank line or one that is all comment.</returns>
    public bool Read(TextLines lines)
    {
        Number = lines.Number;
        Bytes = lines.Bytes;
        _end = lines.End;
        Scan(lines.Start);
        if (!HasMore)
            return false;
        Operation = Take();
        return true;
    }

    public bool IsOperation(string operation) => Operation.Length == operation.Length && Begins(Operation, operation);

    public WorkloadFormatException Error(string reason) => new(Number, reason);

    public string TextOf(WorkloadField field) => Encoding.UTF8.GetString(Bytes, field.Start, field.Length);

    /// <summary>The field as a complaint shows it: a long one is cut off.</summary>
    public string Quote(WorkloadField field)
    {
        if (field.Length <= QuotedBytes)
            return TextOf(field);
        int length = QuotedBytes;
        while ((Bytes[field.Start + length] & 0xC0) == 0x80)
            length--;
        return TextOf(field with { Length = length }) + "…";
    }

    public bool Holds(WorkloadField field, char ascii)
    {
        for (int i = field.Start; i < field.End; i++)
        {
            if (Bytes[i] == ascii)
                return true;
        }

        return false;
    }

    public WorkloadField Required(string meaning) =>
        HasMore ? Take() : throw Error($"{TextOf(Operation)} lacks its {meaning}");

    public long RequiredNumber(string meaning) => NumberIn(Required(meaning), meaning);

    /// <summary>Takes the next field if it is this flag.</summary>
    public bool TakeFlag(string flag)
    {
        if (_upcoming.Length != flag.Length || !Begins(_upcoming, flag))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes the next field if it has the form <c>key=value</c>, with this key.</summary>
    /// <param name="key">The key with the equals sign.</param>
    public bool TakeOption(string key, out WorkloadField value)
    {
        value = new WorkloadField(_upcoming.Start + key.Length, _upcoming.Length - key.Length);
        if (!Begins(_upcoming, key))
            return false;
        Take();
        return true;
    }

    /// <summary>The complaint about an option that the operation does not take.</summary>
    public WorkloadFormatException NoSuchOption(string known)
    {
        WorkloadField name = _upcoming;
        for (int i = _upcoming.Start; i < _upcoming.End && name == _upcoming; i++)
        {
            if (Bytes[i] == '=')
                name = _upcoming with { Length = i - _upcoming.Start };
        }

        return Error($"{TextOf(Operation)} has no option '{Quote(name)}' of that form; it takes {known}");
    }

    public long NumberIn(WorkloadField field, string meaning)
    {
        long number = 0;
        for (int i = field.Start; i < field.End; i++)
        {
            int digit = Bytes[i] - '0';
            if ((uint)digit > 9 || number > MaxNumber)
                throw NotANumber(field, meaning);
            number = (number * 10) + digit;
        }

        return field.Length > 0 && number <= MaxNumber ? number : throw NotANumber(field, meaning);
    }

    public void End()
    {
        if (HasMore)
            throw Error($"{TextOf(Operation)} takes no further field '{Quote(_upcoming)}'");
    }

    private WorkloadFormatException NotANumber(WorkloadField field, string meaning)
    {
        if (IsDigits(field))
            return Error($"the {meaning} {Quote(field)} is above {MaxNumber}");
        return Begins(field, "-") && IsDigits(new WorkloadField(field.Start + 1, field.Length - 1))
            ? Error($"the {meaning} {Quote(field)} is negative")
            : Error($"the {meaning} '{Quote(field)}' is not a number");
    }

    private WorkloadField Take()
    {
        WorkloadField taken = _upcoming;
        Scan(taken.End);
        return taken;
    }

    /// <summary>Finds the next field: up to white space; a number sign where one would begin ends the line.</summary>
    private void Scan(int at)
    {
        byte[] bytes = Bytes;
        int end = _end;
        while (at < end && IsSpace(bytes[at]))
            at++;
        int start = at;
        int all = 0;
        if (at < end && bytes[at] != '#')
        {
            for (; at < end && !IsSpace(bytes[at]); at++)
                all |= bytes[at];
        }

        _upcoming = new WorkloadField(start, at - start);
        if (all >= 0x80 && !Utf8Text.IsWhole(bytes, start, at - start))
            throw Error("it holds bytes that are not UTF-8 text");
    }

    private static bool IsSpace(byte character) => character <= ' ' && (character == ' ' || character is >= 9 and <= 13);

    private bool Begins(WorkloadField field, string ascii)
    {
        if (field.Length < ascii.Length)
            return false;
        for (int i = 0; i < ascii.Length; i++)
        {
            if (Bytes[field.Start + i] != ascii[i])
                return false;
        }

        return true;
    }

    private bool IsDigits(WorkloadField field)
    {
        for (int i = field.Start; i < field.End; i++)
        {
            if (Bytes[i] is < (byte)'0' or > (byte)'9')
                return false;
        }

        return field.Length > 0;
    }
}
