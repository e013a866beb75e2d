using System;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>What every form of a report owes its reader.</summary>
public sealed class ReportWriterTests
{
    public static TheoryData<string> Formats => new(ReportFormats.All.Select(format => format.Name));

    [Theory, MemberData(nameof(Formats))]
    public void EmptyRun_IsAReport(string format) => Assert.NotEmpty(Written(format, SampleReports.Empty));

    [Theory, MemberData(nameof(Formats))]
    public void HostileNames_StayText(string format)
    {
        string written = Written(format, SampleReports.Named(SampleReports.Hostile));

        Assert.DoesNotContain("<script", written.Replace(PlainScript(format), "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', written);
    }

    [Theory, MemberData(nameof(Formats))]
    public void ForeignCulture_ChangesNothing(string format)
    {
        string here = Written(format, SampleReports.Full);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CommaCulture.Create();
        try
        {
            Assert.Equal(here, Written(format, SampleReports.Full));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    public void Report_SaysWhatWasLostAndWhatIsSimulated(string format)
    {
        string written = Written(format, SampleReports.Full);

        Assert.Contains("17 lost", written, StringComparison.Ordinal);
        Assert.Contains("Unknown lifetimes: 25 %", written, StringComparison.Ordinal);
        Assert.Contains("The recording ends at byte 4711 without its end mark.", written, StringComparison.Ordinal);
        Assert.Contains("3 events name a stack", written, StringComparison.Ordinal);
        Assert.Contains("Simulated:", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    public void Report_SaysWhatTheHeapRestsOn(string format)
    {
        string written = Written(format, SampleReports.Full);

        Assert.Contains("400 sampled objects", written, StringComparison.Ordinal);
        Assert.Contains("95 % interval", written, StringComparison.Ordinal);
        Assert.Contains("Not in this recording", written, StringComparison.Ordinal);
    }

    [Fact]
    public void CompleteRecording_SaysSo() => Assert.Contains(
        "complete up to its end mark", Written("text", SampleReports.Empty), StringComparison.Ordinal);

    [Fact]
    public void NoFindings_AreSaid() =>
        Assert.Contains("Findings: none", Written("text", SampleReports.Empty), StringComparison.Ordinal);

    internal static string Written(string format, RunReport report)
    {
        using StringWriter output = new();
        ReportFormats.ByName(format).Writer.Write(report, output);
        return output.ToString();
    }

    /// <summary>Text knows no markup, so a tag in it is harmless; only there may the name stand as it is.</summary>
    private static string PlainScript(string format) =>
        string.Equals(format, "text", StringComparison.Ordinal) ? "<script" : "\0";
}
