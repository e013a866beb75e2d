using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The models and settings of <c>--model name --set key=value</c>, checked before anything is read or written.</summary>
internal sealed class ModelChoice
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _settings;

    private readonly List<AllocatorModelInfo> _models = [];

    private ModelChoice(IReadOnlyList<KeyValuePair<string, string>> settings) => _settings = settings;

    /// <summary>The models in the order given, each made once and empty.</summary>
    public IReadOnlyList<ChosenModel> Models { get; private set; } = [];

    /// <exception cref="FragTraceException">An unknown model, a setting no chosen model has, or an impossible value.</exception>
    public static ModelChoice Parse(IReadOnlyList<string> names, IReadOnlyList<string> settings)
    {
        try
        {
            ModelChoice choice = new(ParseSettings(settings));
            foreach (string name in names)
            {
                AllocatorModelInfo model = AllocatorModels.ByName(name);
                if (!choice._models.Contains(model))
                    choice._models.Add(model);
            }

            choice.RefuseUnknownSettings();
            choice.Models = [.. choice._models.Select(choice.Create)];
            return choice;
        }
        catch (ModelSettingException exception)
        {
            throw new FragTraceException(exception.Message, ExitCode.Arguments, exception);
        }
    }

    /// <summary>A model with the given settings that it has: several models rarely share all of them.</summary>
    private ChosenModel Create(AllocatorModelInfo model)
    {
        KeyValuePair<string, string>[] settings = [.. _settings.Where(setting => Has(model, setting.Key))];
        return new ChosenModel(model, AllocatorModels.Create(model.Name, settings), settings);
    }

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

    private string Known() => string.Join("; ", _models.Select(model => $"{model.Name}: {KeysOf(model)}")) + ".";

    private static string KeysOf(AllocatorModelInfo model) => model.Settings.Count == 0
        ? "it has none"
        : "known are " + string.Join(", ", model.Settings.Select(setting => setting.Key));

    private bool HasAny(string key) => _models.Any(model => Has(model, key));

    private static bool Has(AllocatorModelInfo model, string key) =>
        model.Settings.Any(setting => string.Equals(setting.Key, key, StringComparison.Ordinal));
}

/// <param name="Info">Its row of the registry.</param>
/// <param name="Model">The model, empty.</param>
/// <param name="Settings">The given settings that it has.</param>
internal sealed record ChosenModel(
    AllocatorModelInfo Info, IAllocatorModel Model, IReadOnlyList<KeyValuePair<string, string>> Settings);
