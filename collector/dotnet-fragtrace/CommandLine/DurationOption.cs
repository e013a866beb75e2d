using System;
using System.CommandLine;
using System.Globalization;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The <c>--duration</c> of verbs that record: dd:hh:mm:ss, as the dotnet-trace family writes it.</summary>
internal static class DurationOption
{
    private static readonly string[] Forms = [@"d\:h\:m\:s", @"h\:m\:s", @"m\:s"];

    public static Option<TimeSpan?> Create() => new("--duration")
    {
        Description = "Stop after this long: dd:hh:mm:ss, hh:mm:ss or mm:ss.",
        HelpName = "time",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (TimeSpan.TryParseExact(text, Forms, CultureInfo.InvariantCulture, out TimeSpan time) && time > TimeSpan.Zero)
                return time;
            result.AddError($"--duration {text} is not a time such as 00:00:30.");
            return null;
        },
    };
}
