using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>Style and script of every page: the files of Web, joined in this order.</summary>
internal static class PageWeb
{
    private static readonly string[] Styles =
        ["base.css", "page.css", "table.css", "finding.css", "map.css", "narrow.css", "print.css"];

    private static readonly string[] Scripts =
        ["amounts.js", "tip.js", "theme.js", "table.js", "scroll.js", "picture.js", "map-layout.js", "map-paint.js", "map-view.js", "map.js"];

    public static Markup Style { get; } = new(PageInks.Style + Joined(Styles));

    public static Markup Script { get; } = new("\"use strict\";\n{\n" + Joined(Scripts) + "}\n");

    /// <summary>
    /// The SHA-256 of the script, by which the content policy knows it; a test says the right one. Computed here it would need OpenSSL,
    /// which not every machine has.
    /// </summary>
    public static Markup ScriptHash { get; } = new("8q3QCXQPt1+O7UtSiwJduR7pFQfOZAdqqHIzH5753MA=");

    private static string Joined(IEnumerable<string> names) => string.Concat(names.Select(Resource));

    private static string Resource(string name)
    {
        using Stream stream = typeof(PageWeb).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"The tool was built without {name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
