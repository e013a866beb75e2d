namespace FragGuard.Simulation.Workloads;

/// <summary>One line of an mtrace log, read from its end: the caller before the call may hold anything.</summary>
internal sealed class MtraceLine
{
    private const int MostHexDigits = 16;

    private byte[] _bytes = [];
    private int _start;
    private WorkloadField _caller;

    /// <summary>1-based number of the line.</summary>
    public long Number { get; private set; }

    /// <summary><c>+</c>, <c>-</c>, <c>&lt;</c>, <c>&gt;</c> or <c>!</c>.</summary>
    public char Call { get; private set; }

    /// <summary>0 when a request failed.</summary>
    public long Address { get; private set; }

    /// <summary>Bytes asked for; 0 where the call has none.</summary>
    public long Bytes { get; private set; }

    /// <returns>False for a line that is no call: the log's start and end, and blank lines.</returns>
    /// <exception cref="WorkloadFormatException">The line is none of an mtrace log.</exception>
    public bool Read(TextLines lines)
    {
        Number = lines.Number;
        _bytes = lines.Bytes;
        _start = lines.Start;
        WorkloadField last = Before(lines.End);
        if (last.Length == 0 || (_bytes[_start] == '=' && _start + 1 < lines.End && _bytes[_start + 1] == ' '))
            return false;
        WorkloadField middle = Before(last.Start);
        WorkloadField first = Before(middle.Start);
        if (IsCall(middle, '-', '<'))
        {
            Take(middle, last);
            Bytes = 0;
            return true;
        }

        if (!IsCall(first, '+', '>') && !IsCall(first, '!', '!'))
            throw Error("it is no line of an mtrace log");
        Take(first, middle);
        if (!TryHex(last, out long bytes))
            throw Error("the size is no number");
        bool isGiven = Call != '!' && Address != 0;
        if (isGiven && bytes is < 0 or > WorkloadLine.MaxNumber)
            throw Error($"the size is above {WorkloadLine.MaxNumber}");
        Bytes = bytes;
        return true;
    }

    public WorkloadFormatException Error(string reason) => new(Number, reason);

    /// <summary>The number of the site that the caller is; −1 when the line names none.</summary>
    public int Site(SiteTable sites) =>
        _caller.Length == 0 ? -1 : sites.NumberOf(_bytes, _caller.Start, _caller.Length);

    private void Take(WorkloadField call, WorkloadField address)
    {
        Call = (char)_bytes[call.Start];
        long at = 0;
        if (!IsNil(address) && !TryHex(address, out at))
            throw Error("the address is no number");
        Address = at;
        const int Mark = 2;
        bool isMarked = call.Start - _start > Mark && _bytes[_start] == '@' && _bytes[_start + 1] == ' ';
        _caller = isMarked ? new WorkloadField(_start + Mark, call.Start - 1 - _start - Mark) : default;
    }

    /// <summary>The last field that ends before a place of the line.</summary>
    private WorkloadField Before(int place)
    {
        int end = place;
        while (end > _start && _bytes[end - 1] <= ' ')
            end--;
        int start = end;
        while (start > _start && _bytes[start - 1] > ' ')
            start--;
        return new WorkloadField(start, end - start);
    }

    private bool IsCall(WorkloadField field, char first, char second) =>
        field.Length == 1 && (_bytes[field.Start] == first || _bytes[field.Start] == second);

    private bool IsNil(WorkloadField field)
    {
        const string Nil = "(nil)";
        if (field.Length != Nil.Length)
            return false;
        for (int i = 0; i < Nil.Length; i++)
        {
            if (_bytes[field.Start + i] != Nil[i])
                return false;
        }

        return true;
    }

    /// <summary>A number as C writes it with <c>%#lx</c>: 0, or 0x and its digits.</summary>
    private bool TryHex(WorkloadField field, out long number)
    {
        number = 0;
        if (field.Length == 1 && _bytes[field.Start] == '0')
            return true;
        if (field.Length is < 3 or > MostHexDigits + 2 || _bytes[field.Start] != '0' || _bytes[field.Start + 1] != 'x')
            return false;
        for (int i = field.Start + 2; i < field.End; i++)
        {
            int digit = _bytes[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => _bytes[i] - '0',
                >= (byte)'a' and <= (byte)'f' => _bytes[i] - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
                return false;
            number = (number << 4) | (long)digit;
        }

        return true;
    }
}
