using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>A verb that lists something and takes nothing but <c>--json</c>.</summary>
internal static class ListingCommand
{
    public static Command Create<T>(
        string name, string description, Func<T> list, JsonTypeInfo<T> form, Action<T, TextWriter> writeText, ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        Command command = new(name, description) { json };
        command.SetAction(parsed =>
        {
            T listing = list();
            if (parsed.GetValue(json))
                console.Out.WriteLine(JsonSerializer.Serialize(listing, form));
            else
                writeText(listing, console.Out);
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
