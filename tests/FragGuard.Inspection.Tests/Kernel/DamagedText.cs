using System;
using System.Linq;
using System.Text;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Saved texts that were damaged at random.</summary>
internal static class DamagedText
{
    private static readonly string[] Limits = ["4194304", "4294967296", "17592186044416", "9007199254740992"];

    /// <summary>One to four of: a letter changed, a piece cut out, a piece doubled, a number made absurd, or as large as some are allowed to be.</summary>
    public static string Of(string text, Random random)
    {
        StringBuilder mutated = new(text);
        for (int change = random.Next(1, 5); change > 0 && mutated.Length > 2; change--)
        {
            int at = random.Next(mutated.Length);
            int length = Math.Min(random.Next(1, 40), mutated.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = (char)random.Next(1, random.Next(2) == 0 ? 128 : 0xD800);
                    break;
                case 1:
                    mutated.Remove(at, length);
                    break;
                case 2:
                    mutated.Insert(at, mutated.ToString(at, length));
                    break;
                case 3:
                    mutated.Insert(at, string.Concat(Enumerable.Repeat('9', random.Next(1, 25))));
                    break;
                default:
                    Replace(mutated, at, Limits[random.Next(Limits.Length)]);
                    break;
            }
        }

        return mutated.ToString();
    }

    /// <summary>Puts a number in the place of the first one from there on.</summary>
    private static void Replace(StringBuilder text, int from, string number)
    {
        int start = from;
        while (start < text.Length && !char.IsAsciiDigit(text[start]))
            start++;
        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        text.Remove(start, end - start).Insert(start, number);
    }
}
