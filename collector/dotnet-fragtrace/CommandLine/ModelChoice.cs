using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The models and settings of <c>--model name --set key=value</c>, checked before anything is read or written.</summary>
internal sealed class ModelChoice
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _settings;

    private ModelChoice(
        IReadOnlyList<AllocatorModelInfo> models, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        Models = models;
        _settings = settings;
    }

    public IReadOnlyList<AllocatorModelInfo> Models { get; }

    /// <exception cref="FragTraceException">An unknown model, a setting no chosen model has, or an impossible value.</exception>
    public static ModelChoice Parse(IReadOnlyList<string> names, IReadOnlyList<string> settings)
    {
        try
        {
            List<AllocatorModelInfo> models = [];
            foreach (string name in names)
            {
                AllocatorModelInfo model = AllocatorModels.ByName(name);
                if (!models.Contains(model))
                    models.Add(model);
            }

            ModelChoice choice = new(models, ParseSettings(settings));
            choice.RefuseUnknownSettings();
            foreach (AllocatorModelInfo model in models)
                AllocatorModels.Create(model.Name, choice.SettingsOf(model));
            return choice;
        }
        catch (ModelSettingException exception)
        {
            throw new FragTraceException(exception.Message, ExitCode.Arguments, exception);
        }
    }

    /// <summary>The given settings that this model has: several models rarely share all of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SettingsOf(AllocatorModelInfo model) =>
        _settings.Where(setting => Has(model, setting.Key)).ToArray();

    private static List<KeyValuePair<string, string>> ParseSettings(IReadOnlyList<string> settings)
    {
        List<KeyValuePair<string, string>> parsed = [];
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new ModelSettingException($"'{setting}' is not a setting; write --set key=value.");
            parsed.Add(KeyValuePair.Create(setting[..equals], setting[(equals + 1)..]));
        }

        return parsed;
    }

    private void RefuseUnknownSettings()
    {
        foreach (KeyValuePair<string, string> setting in _settings)
        {
            if (!HasAny(setting.Key))
                throw new ModelSettingException($"'{setting.Key}' is not a setting of {Known()}");
        }
    }

    private string Known() => string.Join("; ", Models.Select(model => $"{model.Name}: {KeysOf(model)}")) + ".";

    private static string KeysOf(AllocatorModelInfo model) => model.Settings.Count == 0
        ? "it has none"
        : "known are " + string.Join(", ", model.Settings.Select(setting => setting.Key));

    private bool HasAny(string key) => Models.Any(model => Has(model, key));

    private static bool Has(AllocatorModelInfo model, string key) =>
        model.Settings.Any(setting => string.Equals(setting.Key, key, StringComparison.Ordinal));
}
