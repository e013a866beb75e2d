using System;
using System.Text.RegularExpressions;

namespace FragGuard.Collector.Sites;

/// <summary>The name a method has in the source, from the name the compiler gave it.</summary>
internal static partial class ReadableName
{
    /// <param name="type">Full type name, nested types joined by +.</param>
    /// <param name="method">Name in the metadata.</param>
    public static string Of(string type, string method)
    {
        string owner = type;
        string name = method;
        string suffix = "";

        // State machines and closures are nested types: the source's method name is in the type or in the method.
        while (LastNested(owner) is { } nested && nested.StartsWith('<'))
        {
            Match machine = StateMachine().Match(nested);
            if (machine.Success && string.Equals(name, "MoveNext", StringComparison.Ordinal))
                name = machine.Groups["name"].Value;
            owner = owner[..^(nested.Length + 1)];
        }

        while (true)
        {
            if (Lambda().Match(name) is { Success: true } lambda)
            {
                name = lambda.Groups["name"].Value;
                suffix = " lambda" + suffix;
            }
            else if (LocalFunction().Match(name) is { Success: true } local)
            {
                name = local.Groups["name"].Value;
                suffix = "." + local.Groups["local"].Value + suffix;
            }
            else if (StateMachine().Match(name) is { Success: true } machine)
            {
                name = machine.Groups["name"].Value;
            }
            else
            {
                break;
            }
        }

        name = name switch
        {
            "<Main>$" or "<<Main>$>" => "Main",
            ".ctor" => "constructor",
            ".cctor" => "static constructor",
            _ => name,
        };
        string cleaned = Arity().Replace(owner, "").Replace('+', '.');
        return cleaned.Length == 0 ? name + suffix : $"{cleaned}.{name}{suffix}";
    }

    private static string? LastNested(string type)
    {
        int plus = type.LastIndexOf('+');
        return plus < 0 ? null : type[(plus + 1)..];
    }

    [GeneratedRegex(@"^<(?<name>.+)>d(__\d+)?(`\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"^<(?<name>.+)>b__[\d_]+(\|[\d_]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^<(?<name>.+)>g__(?<local>[^|]+)\|[\d_]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"`\d+(\[.*\])?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Arity();
}
