using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using System.Threading;

namespace FragGuard.Collector.Sites;

/// <summary>The name a method has in the source, from the name the compiler gave it.</summary>
internal static partial class ReadableName
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["<Main>$"] = "Main",
        ["<<Main>$>"] = "Main",
        [".ctor"] = "constructor",
        [".cctor"] = "static constructor",
        ["<Clone>$"] = "with",
        ["op_Implicit"] = "implicit conversion",
        ["op_Explicit"] = "explicit conversion",
        ["op_Addition"] = "operator +",
        ["op_Subtraction"] = "operator -",
        ["op_Multiply"] = "operator *",
        ["op_Division"] = "operator /",
        ["op_Equality"] = "operator ==",
        ["op_Inequality"] = "operator !=",
        ["op_LessThan"] = "operator <",
        ["op_GreaterThan"] = "operator >",
    };

    /// <param name="type">Full type name, nested types joined by +.</param>
    /// <param name="method">Name in the metadata.</param>
    public static string Of(string type, string method)
    {
        string owner = WithoutArguments(type);
        string name = method;
        string suffix = "";

        // State machines and closures are nested types: the source's method name is in the type or in the method.
        while (LastNested(owner) is { } nested && nested.StartsWith('<') && !FileLocal().IsMatch(nested))
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

        name = Words.TryGetValue(name, out string? word) ? word : Accessor(WithoutInterfaceNamespace(name));
        string cleaned = FileLocal().Replace(Arity().Replace(owner, ""), "").Replace('+', '.');
        return cleaned.Length == 0 ? name + suffix : $"{cleaned}.{name}{suffix}";
    }

    private static string? LastNested(string type)
    {
        int plus = type.LastIndexOf('+');
        return plus < 0 ? null : type[(plus + 1)..];
    }

    // Type arguments stand in brackets at the end; those inside angles belong to a compiler's name.
    private static string WithoutArguments(string type)
    {
        int angles = 0;
        for (int i = 0; i < type.Length; i++)
        {
            if (type[i] == '<')
                angles++;
            else if (type[i] == '>')
                angles--;
            else if (type[i] == '[' && angles <= 0)
                return type[..i];
        }

        return type;
    }

    /// <summary>An explicit implementation is named by the whole interface; in names of types a hyphen stands for each dot.</summary>
    private static string WithoutInterfaceNamespace(string name)
    {
        string plain = Generic().Replace(name.Replace('-', '.'), "");
        string[] parts = plain.Split('.');
        return parts.Length < 3 || parts[0].Length == 0 ? name : $"{parts[^2]}.{parts[^1]}";
    }

    private static string Accessor(string name)
    {
        int start = name.LastIndexOf('.') + 1;
        Match accessor = AccessorName().Match(name, start, name.Length - start);
        return accessor.Success ? $"{name[..start]}{accessor.Groups["name"].Value}.{accessor.Groups["kind"].Value}" : name;
    }

    // Feeds cut names at Payload.MaxNameLength, so that no match takes long.
    [GeneratedRegex(@"^<(?<name>.+)>d(__\d+)?(`\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"^<(?<name>.+)>b__[\d_]+(\|[\d_]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^<(?<name>.+)>g__(?<local>[^|]+)\|[\d_]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"`\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Arity();

    [GeneratedRegex(@"<[^<>+]*>F[0-9A-F]{64}__", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex FileLocal();

    [GeneratedRegex(@"<.*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Generic();

    [GeneratedRegex(@"\G(?<kind>get|set|init|add|remove)_(?<name>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex AccessorName();
}
