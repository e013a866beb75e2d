using System.Text;

namespace FragGuard.Collector.Snapshots;

/// <summary>A type name as C# writes it, from the runtime's: List`1[System.Int32] becomes List&lt;System.Int32&gt;.</summary>
internal static class ReadableTypeName
{
    public static string Of(string name)
    {
        StringBuilder text = new(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            switch (name[i])
            {
                case '`':
                    while (i + 1 < name.Length && char.IsAsciiDigit(name[i + 1]))
                        i++;
                    break;
                case '[' when !IsRank(name, i):
                    text.Append('<');
                    break;
                case ']' when !IsRankEnd(name, i):
                    text.Append('>');
                    break;
                case '+':
                    text.Append('.');
                    break;
                case ',':
                    text.Append(i > 0 && name[i - 1] is '[' or ',' || i + 1 < name.Length && name[i + 1] is ' ' or ']' ? "," : ", ");
                    break;
                default:
                    text.Append(name[i]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Brackets with nothing or commas in them say how many dimensions an array has.</summary>
    private static bool IsRank(string name, int open)
    {
        int next = open + 1;
        while (next < name.Length && name[next] is ',' or '*')
            next++;
        return next < name.Length && name[next] == ']';
    }

    private static bool IsRankEnd(string name, int close)
    {
        int previous = close - 1;
        while (previous >= 0 && name[previous] is ',' or '*')
            previous--;
        return previous >= 0 && name[previous] == '[';
    }
}
