using System.Globalization;
using System.IO;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>The profiles as a person reads them.</summary>
internal static class ProfileText
{
    public static void Write(ProfileCatalogue catalogue, TextWriter output)
    {
        TextCanvas canvas = new(output);
        foreach (ProfileRow profile in catalogue.Profiles)
        {
            canvas.Heading(profile.Name);
            canvas.Line(profile.Summary);
            foreach (ProviderRow provider in profile.Providers)
                canvas.Line("Enables " + Text(provider) + ".");
            if (profile.OlderProviders is { } older)
                canvas.Line($"Before .NET 10: {string.Join("; ", older.Select(Text))}.");
            canvas.Line(profile.Cost is { } cost ? Text(cost) : "Its cost was not measured.");
        }

        canvas.Line("");
        canvas.Line("Costs were measured beside a load that allocates 40 KB and rents three arrays in each operation, as often as it can; "
            + "collector/docs/cost.md says how.");
    }

    private static string Text(ProviderRow provider) =>
        $"{provider.Name} {provider.Keywords} at {provider.Level}"
        + (provider.Denied.Count == 0 ? "" : $" but for events {string.Join(", ", provider.Denied)}");

    private static string Text(CostRow cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"Cost: a busy target does {100 * cost.Kept:0} % of its work in the same processor time ({100 * cost.KeptLow:0} to "
        + $"{100 * cost.KeptHigh:0} %); {cost.MegabytesPer100K:0.0} MB and {cost.EventsPer100K:#,0} events for 100,000 operations; "
        + $"the tool itself takes {cost.ToolMegabytes} MB.");
}
