using System.IO;
using System.Runtime.CompilerServices;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>
/// HTML on a writer. The literal part of an interpolated string is markup; every hole in it is text, and is escaped.
/// Nothing else can be written, so a name from a trace cannot become markup.
/// </summary>
internal sealed class HtmlOutput(TextWriter writer)
{
    internal TextWriter Writer { get; } = writer;

    /// <summary>Writes markup with escaped holes. The handler writes while it takes the parts, so nothing is left to do.</summary>
    public HtmlOutput Write([InterpolatedStringHandlerArgument("")] HtmlText text)
    {
        _ = text;
        return this;
    }
}
