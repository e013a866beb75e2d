using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The forms of verdicts: JSON, their page, and the findings' own SARIF again.</summary>
internal static class ValidationForms
{
    private const string Sarif = "sarif";

    /// <summary>Name and file extension, with the dot.</summary>
    public static IEnumerable<(string Name, string Extension)> All => ResultForms.All.Append((Sarif, ".sarif"));

    /// <param name="logs">What the findings were read from; SARIF is these again, with verdicts.</param>
    public static ResultForms<ValidationReport> Of(ValidationReport report, IReadOnlyList<SarifLog> logs) =>
        new(report, ReportJson.Default.ValidationReport, () => ValidationPage.Of(report))
        {
            Others = new Dictionary<string, Action<TextWriter>>(StringComparer.Ordinal)
            {
                [Sarif] = output =>
                {
                    using MemoryStream whole = new();
                    SarifOutput.Write(logs, report, whole);
                    output.Write(Encoding.UTF8.GetString(whole.ToArray()));
                },
            },
        };
}
