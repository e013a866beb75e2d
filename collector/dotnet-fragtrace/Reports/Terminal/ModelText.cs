using System.IO;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>The allocator models as a person reads them.</summary>
internal static class ModelText
{
    public static void Write(ModelCatalogue catalogue, TextWriter output)
    {
        TextCanvas canvas = new(output);
        foreach (ModelRow model in catalogue.Models)
        {
            canvas.Heading(model.Name);
            canvas.Line(model.Allocator);
            canvas.Line("Fidelity: " + model.Fidelity);
            canvas.Line("Counting: " + model.Counting);
            canvas.Line(model.TakesCacheEvents
                ? "Plays cache entries itself."
                : "Each cache entry reaches it as one block.");
            if (model.Settings.Count == 0)
                continue;
            TextTable table = new("Setting", "Default", "Meaning");
            foreach (SettingRow setting in model.Settings)
                table.Add(setting.Key, setting.Default, setting.Meaning);
            canvas.Table(table);
        }

        if (!catalogue.Models.Any())
            canvas.Line("This build has no models.");
    }
}
