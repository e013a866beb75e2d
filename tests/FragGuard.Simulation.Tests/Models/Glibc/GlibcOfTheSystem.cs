using System;
using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Glibc;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>The driver built against the system's glibc.</summary>
public sealed class GlibcOfTheSystem : IDisposable
{
    private GlibcDriver? _driver;

    internal GlibcDriver Driver => _driver ??= new GlibcDriver(glibc: null);

    public void Dispose() => _driver?.Dispose();

    /// <summary>An empty model of the version that the driver ran with.</summary>
    internal static GlibcModel ModelOf(GlibcResults results, params (string Key, string Value)[] settings)
    {
        List<KeyValuePair<string, string>> given =
            [new("version", string.Create(CultureInfo.InvariantCulture, $"2.{results.Minor}"))];
        foreach ((string key, string value) in settings)
            given.Add(new KeyValuePair<string, string>(key, value));
        try
        {
            return (GlibcModel)AllocatorModels.Create("glibc", given);
        }
        catch (ModelSettingException exception)
        {
            LivePrograms.Missing("The system's glibc is of no version that is modelled: " + exception.Message);
            throw;
        }
    }
}
