using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Takes the parts of an interpolated string: literals as markup, holes as escaped text or plain numbers.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText
{
    /// <summary>Longest text in characters; of a longer one the page shows the start.</summary>
    private const int LongestText = 600;

    private readonly HtmlOutput _output;

    public HtmlText(int literalLength, int formattedCount, HtmlOutput output)
    {
        _ = literalLength;
        _ = formattedCount;
        _output = output;
    }

    public void AppendLiteral(string markup) => _output.Writer.Write(markup);

    public void AppendFormatted(string? text)
    {
        string shown = text is { Length: > LongestText } ? text[..LongestText] + "…" : text ?? "";
        _output.Writer.Write(WebUtility.HtmlEncode(Printable.Line(shown)));
    }

    public void AppendFormatted(int number) => _output.Writer.Write(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A coordinate or a length, to a hundredth; 0 when it is no number.</summary>
    public void AppendFormatted(double number) =>
        _output.Writer.Write((double.IsFinite(number) ? number : 0).ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(Markup markup) => _output.Writer.Write(markup.Text);
}
