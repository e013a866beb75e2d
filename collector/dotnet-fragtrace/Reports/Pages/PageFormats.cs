using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>The registry: every form of a page, sorted by name. A new form is one writer and one line here.</summary>
internal static class PageFormats
{
    public static IReadOnlyList<PageFormat> All { get; } =
    [
        new("html", ".html", PageHtml.Write),
        new("png", ".png", null, (page, output) => PngPicture.Write(PictureColumn.Of(page), output)),
        new("svg", ".svg", (page, output) => SvgPicture.Write(PictureColumn.Of(page), output)),
        new("text", ".txt", PageText.Write),
    ];

    public static string Names => string.Join(", ", All.Select(format => format.Name).Append("json").Order(StringComparer.Ordinal));

    /// <exception cref="FragTraceException">No form has that name; the message lists those that exist.</exception>
    public static PageFormat ByName(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.Ordinal))
        ?? throw new FragTraceException($"There is no format '{name}'; known: {Names}.", ExitCode.Arguments);
}
