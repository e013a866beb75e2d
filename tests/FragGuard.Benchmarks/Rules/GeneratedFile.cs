using System.Globalization;
using System.Text;

namespace FragGuard.Benchmarks.Rules;

/// <summary>A class of ten methods of plain code.</summary>
internal static class GeneratedFile
{
    private const int Methods = 10;
    private const int Renting = 2;

    public static string Text(int number, bool rents)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"using System; using System.Buffers; using System.Collections.Generic;\nclass C{number}\n{{\n");
        for (int i = 0; i < Methods; i++)
            text.AppendFormat(CultureInfo.InvariantCulture, rents && i < Renting ? Rent : Plain, i);
        return text.Append("}\n").ToString();
    }

    private const string Plain = """
            public static int M{0}(int[] values, string text)
            {{
                List<int> list = new(values.Length);
                foreach (int value in values)
                    list.Add(Math.Max(value, text.Length));
                list.Sort();
                return list.Count == 0 ? -1 : list[0];
            }}

        """;

    private const string Rent = """
            public static int M{0}(int[] values, string text)
            {{
                int[] buffer = ArrayPool<int>.Shared.Rent(values.Length);
                values.AsSpan().CopyTo(buffer);
                int sum = text.Length;
                for (int i = 0; i < values.Length; i++)
                    sum += buffer[i];
                ArrayPool<int>.Shared.Return(buffer);
                return sum;
            }}

        """;
}
