using System;
using System.IO;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>One form of a page; it has one of the two writers.</summary>
/// <param name="Name">The name given to <c>--format</c>.</param>
/// <param name="Extension">File extension that asks for it, with the dot.</param>
internal sealed record PageFormat(
    string Name, string Extension, Action<ReportPage, TextWriter>? WriteText, Action<ReportPage, Stream>? WriteBytes = null);
