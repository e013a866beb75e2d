namespace FragGuard.Simulation.Models.Nginx;

/// <summary>The pool's own record of one size class, as nginx keeps it.</summary>
/// <param name="Total">Slots of all pages cut for the class, bitmap slots not counted.</param>
/// <param name="Used">Slots in use.</param>
/// <param name="Requests">Requests ever made.</param>
/// <param name="Failures">Requests refused.</param>
public readonly record struct SlabClassStatistics(long Total, long Used, long Requests, long Failures);
