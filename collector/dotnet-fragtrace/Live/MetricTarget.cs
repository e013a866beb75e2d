namespace FragGuard.FragTrace.Live;

/// <summary>Whom metrics speak of.</summary>
/// <param name="ServiceName">Name of the program, without folder and extension.</param>
internal sealed record MetricTarget(string ServiceName, int ProcessId)
{
    /// <param name="commandLine">Arguments joined by spaces, the program first.</param>
    public static MetricTarget Of(string commandLine, int processId) => new(NameOf(commandLine), processId);

    // The host says little; what it runs is the service.
    private static string NameOf(string commandLine)
    {
        string[] words = commandLine.Split(' ', System.StringSplitOptions.RemoveEmptyEntries);
        string? assembly = System.Array.Find(
            words, word => word.EndsWith(".dll", System.StringComparison.OrdinalIgnoreCase));
        string name = System.IO.Path.GetFileNameWithoutExtension(assembly ?? (words.Length > 0 ? words[0] : ""));
        return name.Length > 0 ? name : "unknown_service";
    }
}
