namespace FragGuard.Simulation.Models.Ruby;

/// <summary>What a slot holds.</summary>
internal enum RubySlotUse : byte
{
    Empty,
    Live,

    /// <summary>An unreachable object that no sweep has found yet.</summary>
    Dead,
}
