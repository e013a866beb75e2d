using System.Globalization;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>Full GCs that a session costs its process when it asks for one.</summary>
/// <param name="Count">One, or two where the end of the session sets off another.</param>
/// <param name="RuntimeVersion">Such as 8.0.31; null when the runtime does not tell.</param>
public sealed record ForcedGcs(int Count, string? RuntimeVersion)
{
    /// <summary>Runtimes before take the end of the session for a request of its own (measured with 8.0.31 and 9.0.20).</summary>
    private const int FirstRuntimeWithOne = 10;

    /// <summary>Asks the runtime of a process for its version. Nothing else happens to it.</summary>
    public static async Task<ForcedGcs> OfAsync(int processId)
    {
        string? version = (await RuntimeIdentity.TryAskAsync(processId).ConfigureAwait(false))?.RuntimeVersion;
        bool isOlder = int.TryParse(version?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && major < FirstRuntimeWithOne;
        return new ForcedGcs(isOlder ? 2 : 1, version);
    }
}
