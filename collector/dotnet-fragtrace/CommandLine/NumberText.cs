using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>What an option takes as a number, in the invariant culture; what is none is an error of the arguments.</summary>
internal static class NumberText
{
    /// <summary>A whole number; one that is too large is the largest, which the option's own limits refuse.</summary>
    public static int Whole(ArgumentResult result)
    {
        if (BigInteger.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number))
            return int.CreateSaturating(number);
        AddError(result, "is not a whole number");
        return 0;
    }

    public static double Real(ArgumentResult result)
    {
        if (double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        AddError(result, "is not a number");
        return 0;
    }

    /// <summary>More than 0.</summary>
    public static int ProcessId(ArgumentResult result)
    {
        if (int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int processId) && processId > 0)
            return processId;
        result.AddError($"{Text(result)} is not a process id.");
        return 0;
    }

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static void AddError(ArgumentResult result, string why) =>
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} {Text(result)} {why}.");
}
