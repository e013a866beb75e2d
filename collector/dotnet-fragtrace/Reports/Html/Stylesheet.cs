using System.IO;
using System.Text;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The page's style, kept in report.css and put into every page.</summary>
internal static class Stylesheet
{
    public static Markup Text { get; } = new(Read());

    private static string Read()
    {
        using Stream css = typeof(Stylesheet).Assembly.GetManifestResourceStream("report.css")
            ?? throw new FileNotFoundException("The tool was built without report.css.");
        using StreamReader reader = new(css, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
