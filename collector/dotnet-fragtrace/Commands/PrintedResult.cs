using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary>Results on standard output: text as the console takes it, bytes as they are.</summary>
internal static class PrintedResult
{
    public static void Print<T>(ResultForms<T> result, string form, ToolConsole console)
    {
        if (!result.IsBinary(form))
        {
            result.WriteText(form, console.Out);
            return;
        }

        byte[] whole = result.ToBytes(form);
        using OutputStream output = OutputStream.OfConsole();
        output.Write(whole);
        output.Flush();
    }
}
