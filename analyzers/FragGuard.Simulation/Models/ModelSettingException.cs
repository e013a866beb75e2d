using System;

namespace FragGuard.Simulation.Models;

/// <summary>A model name or setting that the user got wrong; the message says what is known.</summary>
public sealed class ModelSettingException : Exception
{
    public ModelSettingException(string message)
        : base(message)
    {
    }
}
