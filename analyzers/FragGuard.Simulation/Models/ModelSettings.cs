using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Models;

/// <summary>The settings a model is created with: those given, and the defaults of the rest.</summary>
public sealed class ModelSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="ModelSettingException">A key is not among the known ones.</exception>
    public ModelSettings(IEnumerable<ModelSetting> known, IEnumerable<KeyValuePair<string, string>>? given = null)
    {
        foreach (ModelSetting setting in known)
            _values[setting.Key] = setting.Default;
        foreach (KeyValuePair<string, string> pair in given ?? Array.Empty<KeyValuePair<string, string>>())
        {
            if (!_values.ContainsKey(pair.Key))
            {
                throw new ModelSettingException(
                    $"'{pair.Key}' is not a setting of this model; known: {string.Join(", ", _values.Keys)}.");
            }

            _values[pair.Key] = pair.Value;
        }
    }

    public string Text(string key) => _values[key];

    /// <exception cref="ModelSettingException">The value is not a whole number within the bounds.</exception>
    public long Whole(string key, long min = 0, long max = long.MaxValue)
    {
        if (long.TryParse(_values[key], NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
            && value >= min && value <= max)
        {
            return value;
        }

        throw new ModelSettingException($"{key}={_values[key]} is not a whole number from {min} to {max}.");
    }

    /// <summary>A byte count with an optional suffix k, m or g (powers of 1 024).</summary>
    /// <exception cref="ModelSettingException">The value is not a byte count within the bounds.</exception>
    public long ByteCount(string key, long min = 0, long max = long.MaxValue)
    {
        if (ByteCounts.TryParse(_values[key], out long bytes) && bytes >= min && bytes <= max)
            return bytes;
        throw new ModelSettingException($"{key}={_values[key]} is not a byte count from {min} to {max}, such as 40k or 8m.");
    }

    /// <exception cref="ModelSettingException">The value is neither true nor false.</exception>
    public bool Flag(string key) => bool.TryParse(_values[key], out bool value)
        ? value
        : throw new ModelSettingException($"{key}={_values[key]} is neither true nor false.");
}
